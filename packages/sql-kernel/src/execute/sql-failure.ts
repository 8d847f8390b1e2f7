import { isCodedError } from "@notemill/errors";
import { isJsonObject, parseJson } from "@notemill/json";
import { SqlInterruption } from "../database/sql-interruption.ts";
import type { SqlStatement } from "../sql/split-statements.ts";
import { markPosition } from "./mark-position.ts";

/** Why a cell failed, as the Jupyter protocol says it. */
export interface SqlFailure {
  readonly ename: string;
  readonly evalue: string;
  readonly traceback: readonly string[];
}

/** Describes what went wrong, with the place in the cell where that is known. */
export function describeFailure(
  error: unknown,
  cell: string,
  statement: SqlStatement | undefined,
): SqlFailure {
  if (error instanceof SqlInterruption) return failure("Interrupted", error.message, []);
  if (isCodedError(error)) return failure(error.code, error.message, []);
  const { ename, evalue, position } = readDuckdbError(error instanceof Error ? error.message : String(error));
  const place =
    statement === undefined || position === undefined
      ? []
      : markPosition(cell, statement.start + indexOfByte(statement.text, position));
  return failure(ename, evalue, place);
}

function failure(ename: string, evalue: string, place: readonly string[]): SqlFailure {
  return { ename, evalue, traceback: [...`${ename}: ${evalue}`.split("\n"), ...place] };
}

/** What DuckDB says of an error. */
export interface DuckdbError {
  readonly ename: string;
  readonly evalue: string;
  /** Offset in the statement, in bytes of UTF-8. */
  readonly position?: number;
}

/** Reads the message of an error, which is JSON wherever DuckDB itself has found the mistake. */
export function readDuckdbError(message: string): DuckdbError {
  const json = /^(?:[^{]*Error: )?(\{.*\})\s*$/s.exec(message)?.[1];
  const found = json === undefined ? undefined : readObject(json);
  if (found) {
    const { exception_type, exception_message, position } = found;
    const at = typeof position === "string" && /^\d+$/.test(position) ? { position: Number(position) } : {};
    return { ename: `${String(exception_type)} Error`, evalue: String(exception_message), ...at };
  }
  const [, ename = "Error", evalue = message] = /^([A-Z]\w*(?: [A-Z]\w*)* Error): (.*)$/s.exec(message) ?? [];
  return { ename, evalue };
}

function readObject(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value = parseJson(text);
    return isJsonObject(value) && "exception_message" in value ? value : undefined;
  } catch {
    return undefined;
  }
}

function indexOfByte(text: string, position: number): number {
  // Short of the position there are at most as many characters as bytes.
  return Buffer.from(text.slice(0, position)).subarray(0, position).toString().length;
}
