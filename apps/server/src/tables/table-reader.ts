import { type ChildProcessByStdio, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import type { TableFilters, TablePage } from "@notemill/api";
import { ServerError } from "../server-error.ts";
import { takeTurns } from "../take-turns.ts";

/** What is wanted of a table in a file of the reader's directory. */
export interface WantedRows {
  readonly file: string;
  readonly format: "csv" | "tsv" | "json" | "parquet";
  readonly sort: { readonly column: string; readonly direction: "asc" | "desc" } | null;
  readonly filters: TableFilters;
  readonly offset: number;
  readonly limit: number;
}

/** Reads tables in a process of its own, one after the other. It is started when it is needed and ended when it takes too long. */
export interface TableReader extends AsyncDisposable {
  /** @throws {@link ServerError} `TABLE_UNREADABLE`, `TABLE_TIMED_OUT`, `TABLES_BUSY`. */
  read(wanted: WantedRows): Promise<TablePage>;
}

/** The longest that the reading of a page takes, in milliseconds; waiting for its turn does not count. */
const LONGEST_MS = 30_000;

/** How many pages are read or wait at a time. */
const MOST_ASKED = 16;

type Child = ChildProcessByStdio<Writable, Readable, null>;

interface Answer extends Partial<TablePage> {
  readonly id: number;
  readonly error?: string;
}

/** @param command - What starts the process. */
export function createTableReader(command: readonly string[]): TableReader {
  const turn = takeTurns(1);
  let asked = 0;
  let isClosed = false;
  let child: Child | null = null;
  let lastId = 0;
  /** The one request that is with the process. */
  let open: {
    readonly id: number;
    readonly by: Child;
    readonly answer: PromiseWithResolvers<Answer>;
  } | null = null;

  const start = (): Child => {
    const [program = "", ...args] = command;
    const started = spawn(program, args, {
      stdio: ["pipe", "pipe", "ignore"],
      // It needs nothing of the server's, and has none of its secrets.
      env: { PATH: process.env["PATH"] ?? "" },
    });
    createInterface(started.stdout).on("line", (line) => {
      const answer = parsed(line);
      if (answer !== null && open?.by === started && open.id === answer.id) open.answer.resolve(answer);
    });
    started.stdin.on("error", () => undefined);
    const gone = (): void => {
      if (child === started) child = null;
      if (open?.by !== started) return;
      open.answer.reject(
        new ServerError(
          "TABLE_UNREADABLE",
          "the reader of tables has ended; the file may need more memory than it has",
        ),
      );
    };
    started.once("error", gone);
    started.once("exit", gone);
    return started;
  };

  const ask = async (wanted: WantedRows): Promise<TablePage> => {
    if (isClosed) throw new ServerError("TABLE_UNREADABLE", "the server is ending");
    child ??= start();
    const by = child;
    lastId += 1;
    const id = lastId;
    const answer = Promise.withResolvers<Answer>();
    open = { id, by, answer };
    const timer = setTimeout(() => {
      answer.reject(
        new ServerError(
          "TABLE_TIMED_OUT",
          `the table took longer than ${LONGEST_MS / 1000} s; filter it, or leave the sorting out`,
        ),
      );
      // The next request gets another process, and not one that is about to end.
      if (child === by) child = null;
      by.kill("SIGKILL");
    }, LONGEST_MS);
    try {
      by.stdin.write(`${JSON.stringify({ id, ...wanted })}\n`);
      const { error, ...page } = await answer.promise;
      if (error !== undefined)
        throw new ServerError("TABLE_UNREADABLE", `the file is no table that can be read: ${error}`);
      const { columns = [], column_count: columnCount = 0, rows = [], row_count: rowCount = 0 } = page;
      return { columns, column_count: columnCount, rows, row_count: rowCount };
    } finally {
      clearTimeout(timer);
      open = null;
    }
  };

  return {
    async read(wanted) {
      if (asked >= MOST_ASKED)
        throw new ServerError(
          "TABLES_BUSY",
          `${MOST_ASKED} pages of tables are asked for already; try again in some seconds`,
        );
      asked += 1;
      try {
        return await turn(() => ask(wanted));
      } finally {
        asked -= 1;
      }
    },
    async [Symbol.asyncDispose]() {
      isClosed = true;
      const reader = child;
      if (reader === null) return;
      const ended = new Promise((resolve) => reader.once("exit", resolve));
      reader.kill("SIGKILL");
      await ended;
    },
  };
}

/** Null for half a line, which a process leaves that is killed in mid-answer. */
function parsed(line: string): Answer | null {
  try {
    return JSON.parse(line) as Answer;
  } catch {
    return null;
  }
}
