import { isScalar, LineCounter, parseAllDocuments } from "yaml";
import type { Document, Node } from "yaml";

import { ParametersError } from "../parameters-error.ts";
import { YamlBuilder } from "./build-yaml-value.ts";
import { invalidYaml } from "./yaml-error.ts";

/** A YAML document whose scalars are not typed yet. */
export interface OpenYaml {
  readonly builder: YamlBuilder;
  /** `null` when the document is empty. */
  readonly contents: Node | null;
}

/**
 * Reads the shape of the only YAML document in `text`.
 *
 * @throws {@link ParametersError} `PARAMETERS_INVALID`, with `line` (from 1) in `details`.
 */
export function openYaml(text: string): OpenYaml {
  if (text.length > MOST_LENGTH) {
    const problem = `parameters of ${text.length} characters are too long, at most ${MOST_LENGTH} are read`;
    throw new ParametersError("PARAMETERS_INVALID", `${problem}; pass the path of a file with the data`);
  }
  try {
    return openDocument(text);
  } catch (cause) {
    // The library is recursive: text that opens brackets by the thousand ends its stack.
    if (!(cause instanceof RangeError)) throw cause;
    throw new ParametersError("PARAMETERS_INVALID", "parameters are nested too deep to be read", { cause });
  }
}

/** Reading takes a hundred times as much memory as the text, and parameters are no place for data. */
const MOST_LENGTH = 4 * 2 ** 20;

function openDocument(text: string): OpenYaml {
  const lines = new LineCounter();
  const [document, second] = parseDocuments(text, lines);
  const error = document?.errors[0];
  if (error) {
    const problem = error.message.replace(/ at line \d+, column \d+:[\s\S]*$/, "");
    throw invalidYaml(error.linePos?.[0].line ?? 1, problem);
  }
  if (second) {
    throw invalidYaml(
      lines.linePos(second.range[0]).line,
      'a second document starts; keep one and drop its "---"',
    );
  }
  const builder = new YamlBuilder(document, lines, text);
  const contents = builder.resolve(document?.contents ?? null);
  return { builder, contents: isScalar(contents) && contents.source === "" ? null : contents };
}

function parseDocuments(text: string, lines: LineCounter): readonly Document.Parsed[] {
  const documents = parseAllDocuments(text, {
    lineCounter: lines,
    logLevel: "silent",
    merge: false,
    resolveKnownTags: false,
    // Only the shape is the library's; the builder types the scalars.
    schema: "failsafe",
    uniqueKeys: false,
    version: "1.1",
  });
  return Array.isArray(documents) ? documents : [];
}
