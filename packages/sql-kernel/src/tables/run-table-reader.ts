/**
 * A process that reads tables of files, by DuckDB, for a server that does not load it.
 *
 * It takes one request a line at its standard input and answers each with a line. It reaches the
 * files of one directory and nothing else, and ends with its input.
 */
import { chdir } from "node:process";
import { createInterface } from "node:readline";
import type { DuckDBConnection } from "@duckdb/node-api";
import { columnField } from "../result/column-field.ts";
import { valueText } from "../result/value-text.ts";
import { openDatabase } from "../database/open-database.ts";
import { readColumns } from "../database/read-result.ts";
import { type TableRequest, tableOf, tableStatements } from "./table-request.ts";

/** What its database may use: a preview is no analysis. */
const MEMORY = "1GiB";
const THREADS = 2;

/** Longer texts are cut, in UTF-16 units. */
const LONGEST_CELL = 1000;

/** Reads tables until the standard input ends, and then ends the process. @param directory - The only one whose files it reads. */
export async function runTableReader(directory: string): Promise<never> {
  chdir(directory);
  const settings = { allowedDirectories: [], memoryLimit: MEMORY, threads: THREADS, timeZone: "UTC" };
  const connection = await openDatabase({ cwd: directory, spillDirectory: `${directory}/spill` }, settings);
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
  return {
    columns: columns.map((column) => {
      const { type, duckdb_type: exact } = columnField(column);
      return { name: column.title, type: exact, is_number: type === "integer" || type === "number" };
    }),
    rows: page
      .getRows()
      .map((row) =>
        row.map((value, index) => (value === null ? null : cut(valueText(value, columns[index]?.type)))),
      ),
    row_count: Number(counted.getRows()[0]?.[0]),
  };
}

function cut(text: string): string {
  return text.length > LONGEST_CELL ? `${text.slice(0, LONGEST_CELL)}…`.toWellFormed() : text.toWellFormed();
}

/** What DuckDB says, which it says as JSON here. */
function reason(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  try {
    const { exception_message: said } = JSON.parse(message) as { readonly exception_message?: string };
    return (said ?? message).split("\n")[0] ?? message;
  } catch {
    return message.split("\n")[0] ?? message;
  }
}
