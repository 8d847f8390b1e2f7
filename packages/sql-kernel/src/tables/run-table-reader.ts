/**
 * A process that reads tables of files, by DuckDB, for a server that does not load it.
 *
 * It takes one request a line at its standard input and answers each with a line. It reaches the
 * files of one directory and nothing else, and ends with its input.
 */
import { rm } from "node:fs/promises";
import { chdir } from "node:process";
import { createInterface } from "node:readline";
import type { DuckDBConnection } from "@duckdb/node-api";
import { columnField } from "../result/column-field.ts";
import { valueText } from "../result/value-text.ts";
import { openDatabase } from "../database/open-database.ts";
import { readColumns } from "../database/read-result.ts";
import { MOST_COLUMNS, type TableRequest, tableOf, tableStatements } from "./table-request.ts";

/** What its database may use: a preview is no analysis. */
const MEMORY = "1GiB";
const THREADS = 2;
const SPILL = "2GiB";

/** Longer texts are cut, in UTF-16 units. */
const LONGEST_CELL = 1000;

/** The most text of all cells of an answer, in UTF-16 units: where there are many cells, each has less. */
const MOST_TEXT = 16 * 2 ** 20;

/** Reads tables until the standard input ends, and then ends the process. @param directory - The only one whose files it reads. */
export async function runTableReader(directory: string): Promise<never> {
  chdir(directory);
  const settings = { allowedDirectories: [], memoryLimit: MEMORY, threads: THREADS, timeZone: "UTC" };
  const spillDirectory = `${directory}/spill`;
  // A reader that was killed has left there what it had.
  await rm(spillDirectory, { recursive: true, force: true });
  const connection = await openDatabase({ cwd: directory, spillDirectory, spillLimit: SPILL }, settings);
  for await (const line of createInterface(process.stdin)) {
    const request = JSON.parse(line) as TableRequest;
    const answer = await read(connection, request).catch((error: unknown) => ({ error: reason(error) }));
    process.stdout.write(`${JSON.stringify({ id: request.id, ...answer })}\n`);
  }
  process.exit(0);
}

async function read(connection: DuckDBConnection, request: TableRequest): Promise<object> {
  const head = await connection.run(`SELECT * FROM ${tableOf(request)} LIMIT 0`);
  const columns = readColumns(head);
  const titles = columns.map(({ title }) => title);
  const { rows, count } = tableStatements(request, titles);
  const counted = await connection.runAndReadAll(count.sql, [...count.values]);
  const page = await connection.runAndReadAll(rows.sql, [...rows.values]);
  const shown = columns.slice(0, MOST_COLUMNS);
  const found = page.getRows();
  const longest = Math.min(LONGEST_CELL, Math.floor(MOST_TEXT / Math.max(1, found.length * shown.length)));
  return {
    columns: shown.map((column) => {
      const { type, duckdb_type: exact } = columnField(column);
      return {
        name: cut(column.title, LONGEST_CELL),
        type: cut(String(exact), LONGEST_CELL),
        is_number: type === "integer" || type === "number",
      };
    }),
    column_count: columns.length,
    rows: found.map((row) =>
      row.map((value, index) => (value === null ? null : cut(valueText(value, shown[index]?.type), longest))),
    ),
    row_count: Number(counted.getRows()[0]?.[0]),
  };
}

function cut(text: string, longest: number): string {
  return (text.length > longest ? `${text.slice(0, longest)}…` : text).toWellFormed();
}

/** What DuckDB says, which it says as JSON here. */
function reason(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  try {
    const { exception_message: said } = JSON.parse(message) as { readonly exception_message?: string };
    return firstLine(said ?? message);
  } catch {
    return firstLine(message);
  }
}

function firstLine(text: string): string {
  return cut(text.split("\n")[0] ?? text, LONGEST_CELL);
}
