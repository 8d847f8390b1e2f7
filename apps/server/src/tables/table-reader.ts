import { type ChildProcessByStdio, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import type { TableFilters, TablePage } from "@notemill/api";
import { ServerError } from "../server-error.ts";

/** What is wanted of a table in a file of the reader's directory. */
export interface WantedRows {
  readonly file: string;
  readonly format: "csv" | "tsv" | "json" | "parquet";
  readonly sort: { readonly column: string; readonly direction: "asc" | "desc" } | null;
  readonly filters: TableFilters;
  readonly offset: number;
  readonly limit: number;
}

/** Reads tables in a process of its own, which is started when it is needed and ended when it takes too long. */
export interface TableReader extends AsyncDisposable {
  /** @throws {@link ServerError} `TABLE_UNREADABLE`, `TABLE_TIMED_OUT`. */
  read(wanted: WantedRows): Promise<TablePage>;
}

/** The longest that somebody waits for a page, in milliseconds. */
const LONGEST_MS = 30_000;

type Child = ChildProcessByStdio<Writable, Readable, null>;

interface Answer extends Partial<TablePage> {
  readonly id: number;
  readonly error?: string;
}

/** @param command - What starts the process. */
export function createTableReader(command: readonly string[]): TableReader {
  const waiting = new Map<number, PromiseWithResolvers<Answer>>();
  let child: Child | null = null;
  let lastId = 0;

  const start = (): Child => {
    const [program = "", ...args] = command;
    const started = spawn(program, args, {
      stdio: ["pipe", "pipe", "ignore"],
      // It needs nothing of the server's, and has none of its secrets.
      env: { PATH: process.env["PATH"] ?? "" },
    });
    createInterface(started.stdout).on("line", (line) => {
      const answer = JSON.parse(line) as Answer;
      waiting.get(answer.id)?.resolve(answer);
    });
    started.stdin.on("error", () => undefined);
    const gone = (): void => {
      if (child === started) child = null;
      for (const { reject } of waiting.values())
        reject(
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

  return {
    async read(wanted) {
      child ??= start();
      const reader = child;
      lastId += 1;
      const id = lastId;
      const answered = Promise.withResolvers<Answer>();
      waiting.set(id, answered);
      const timer = setTimeout(() => {
        answered.reject(
          new ServerError(
            "TABLE_TIMED_OUT",
            `the table took longer than ${LONGEST_MS / 1000} s; filter it, or leave the sorting out`,
          ),
        );
        reader.kill("SIGKILL");
      }, LONGEST_MS);
      try {
        reader.stdin.write(`${JSON.stringify({ id, ...wanted })}\n`);
        const { error, columns = [], rows = [], row_count: count = 0 } = await answered.promise;
        if (error !== undefined)
          throw new ServerError("TABLE_UNREADABLE", `the file is no table that can be read: ${error}`);
        return { columns, rows, row_count: count };
      } finally {
        clearTimeout(timer);
        waiting.delete(id);
      }
    },
    async [Symbol.asyncDispose]() {
      const reader = child;
      if (reader === null) return;
      const ended = new Promise((resolve) => reader.once("exit", resolve));
      reader.kill("SIGKILL");
      await ended;
    },
  };
}
