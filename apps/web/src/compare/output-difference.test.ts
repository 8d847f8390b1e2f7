import { createNotebookRenderer } from "@notemill/html-export";
import type { Output } from "@notemill/nbformat";
import { describe, expect, it } from "vitest";
import { compareOutputs } from "./output-difference.ts";

const { renderOutputs } = createNotebookRenderer({ nbformat: 4, nbformat_minor: 5, metadata: {}, cells: [] });

const stream = (text: string): Output => ({ output_type: "stream", name: "stdout", text });
const shown = (data: Record<string, string>): Output => ({ output_type: "display_data", data, metadata: {} });
const table = (...rows: readonly string[]): Output =>
  shown({
    "text/plain": "…",
    "text/html": `<table border="1"><thead><tr><th></th><th>name</th><th>n</th></tr></thead><tbody>${rows
      .map(
        (row, at) =>
          `<tr><th>${at}</th>${row
            .split(" ")
            .map((cell) => `<td>${cell}</td>`)
            .join("")}</tr>`,
      )
      .join("")}</tbody></table>`,
  });

describe("compareOutputs", () => {
  it("compares text line by line, without its colours", () => {
    const [found] = compareOutputs(
      [stream("a\nb\n")],
      [stream("a\n"), stream("\u001B[31mc\u001B[0m\n")],
      renderOutputs,
    );
    expect(found).toEqual({
      kind: "text",
      lines: [
        { kind: "same", line: "a" },
        { kind: "removed", line: "b" },
        { kind: "added", line: "c" },
      ],
    });
  });

  it("compares tables row by row, and says which cells differ", () => {
    const [found] = compareOutputs(
      [table("a&amp;b 1", "c 2", "d 3")],
      [table("a&amp;b 1", "c 5", "d 3")],
      renderOutputs,
    );
    expect(found).toEqual({
      kind: "table",
      head: ["", "name", "n"],
      rows: [
        { kind: "same", cells: ["0", "a&b", "1"], changed: [] },
        { kind: "removed", cells: ["1", "c", "2"], changed: [2] },
        { kind: "added", cells: ["1", "c", "5"], changed: [2] },
        { kind: "same", cells: ["2", "d", "3"], changed: [] },
      ],
    });
  });

  it("shows pictures beside each other, and what only one has", () => {
    const [a, b] = [shown({ "image/png": "aaaa" }), shown({ "image/png": "bbbb" })];
    const found = compareOutputs([a, a, a], [a, b], renderOutputs);
    expect(found.map(({ kind }) => kind)).toEqual(["same", "shown", "shown"]);
    expect(found[2]).toEqual({ kind: "shown", before: a, after: null });
  });
});
