import { encodeJson } from "@notemill/json";
import fc from "fast-check";
import { fileNotebook } from "./arbitrary-notebook.ts";

/** The text of a notebook file, written by any program. */
export const notebookText: fc.Arbitrary<string> = fc
  .record({
    notebook: fileNotebook,
    indent: fc.constantFrom<number | string>(0, 1, 2, 4, "\t"),
    sortKeys: fc.boolean(),
    escapeNonAscii: fc.boolean(),
    newline: fc.constantFrom("\n", "\r\n"),
    end: fc.constantFrom("", "\n", "\n\n"),
  })
  .map(({ notebook, newline, end, ...style }) => {
    const text = encodeJson(notebook, style) + end;
    return newline === "\n" ? text : text.replaceAll("\n", newline);
  });
