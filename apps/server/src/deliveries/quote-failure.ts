import { stripVTControlCharacters } from "node:util";
import type { Failure } from "@notemill/api";
import type { Notebook } from "@notemill/nbformat";

/** The longest line that is quoted. */
const LONGEST_LINE = 300;

/** What a person has to see of a failure. */
export interface FailureQuote {
  /** The code, as `CELL_FAILED`. */
  readonly code: string;
  /** The name of the exception and its message, or what else went wrong. */
  readonly error: string;
  /** Which cell it was, from 1; null for none. */
  readonly cellNumber: number | null;
  /** The line of the cell's source that failed, or its first one; null where nobody knows. */
  readonly line: string | null;
  /** Its number in the cell, from 1; null where the traceback does not say. */
  readonly lineNumber: number | null;
}

/** Quotes the line that a run has failed at. */
export function quoteFailure(failure: Failure, notebook: Notebook | null): FailureQuote {
  const { code, message, ename, evalue, cell_id: id, cell_index: index } = failure;
  const error = ename === null ? message : evalue === null || evalue === "" ? ename : `${ename}: ${evalue}`;
  const cell = notebook?.cells.find((it) => it.id === id) ?? notebook?.cells[index ?? -1];
  const lines = cell?.source.split("\n") ?? [];
  const lineNumber = failedLine(failure.traceback, lines.length);
  const line = lineNumber === null ? lines.find((it) => it.trim() !== "") : lines[lineNumber - 1];
  return {
    code,
    error: shorten(error),
    cellNumber: index === null ? null : index + 1,
    line: line === undefined ? null : shorten(line.trim()),
    lineNumber,
  };
}

/** The line of the cell that a traceback of IPython names first, from 1. */
function failedLine(traceback: readonly string[], count: number): number | null {
  const text = stripVTControlCharacters(traceback.join("\n"));
  const named =
    /^(?:Cell In\[\d+\], line |Input In \[\d+\], in .*?line |  File .*?ipykernel.*?, line )(\d+)/m.exec(text);
  const lineNumber = Number(named?.[1] ?? Number.NaN);
  return lineNumber >= 1 && lineNumber <= count ? lineNumber : null;
}

function shorten(text: string): string {
  return text.length <= LONGEST_LINE ? text : `${text.slice(0, LONGEST_LINE - 1)}…`;
}
