import { isMap, isScalar, LineCounter, parseAllDocuments } from "yaml";
import type { Document } from "yaml";

import type { ParameterMap } from "./parameter-map.ts";
import { ParametersError } from "./parameters-error.ts";
import { YamlBuilder } from "./yaml/build-yaml-value.ts";

/**
 * Reads parameters from YAML or JSON text: a mapping of names to values.
 *
 * The rules are those of YAML 1.1 as PyYAML reads it, because notebooks rely on
 * them: `yes` is true, `012` is 10, `1:30` is 90, and `1e3` is text. Dates stay
 * text. The last of repeated keys wins. An empty document has no parameters.
 *
 * @throws {@link ParametersError} `PARAMETERS_INVALID`, with `line` (from 1) in `details`.
 */
export function parseParameterYaml(text: string): ParameterMap {
  const lines = new LineCounter();
  const document = parseDocument(text, lines);
  if (!document) return new Map();

  const builder = new YamlBuilder(document, lines);
  const contents = builder.resolve(document.contents);
  if (contents === null || (isScalar(contents) && contents.source === "")) return new Map();
  if (!isMap(contents)) {
    throw builder.fail(contents, 'expected a mapping of names to values, such as "alpha: 0.6"');
  }
  return builder.buildMap(contents);
}

/** The only document in the text; `undefined` when there is none. */
function parseDocument(text: string, lines: LineCounter): Document.Parsed | undefined {
  const documents = parseDocuments(text, lines);
  const [first, second] = documents;
  const error = first?.errors[0];
  if (error) {
    const problem = error.message.replace(/ at line \d+, column \d+:[\s\S]*$/, "");
    throw invalid(error.linePos?.[0].line ?? 1, problem);
  }
  if (second) {
    throw invalid(
      lines.linePos(second.range[0]).line,
      'a second document starts; keep one and drop its "---"',
    );
  }
  return first;
}

function parseDocuments(text: string, lines: LineCounter): readonly Document.Parsed[] {
  try {
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
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    throw new ParametersError("PARAMETERS_INVALID", "parameters are nested too deep to be read", { cause });
  }
}

function invalid(line: number, problem: string): ParametersError {
  return new ParametersError("PARAMETERS_INVALID", `parameters are not valid at line ${line}: ${problem}`, {
    details: { line, problem },
  });
}
