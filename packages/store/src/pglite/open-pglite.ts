import { mkdir } from "node:fs/promises";
import type { Driver, Queries } from "../driver/driver.ts";
import { inTransaction } from "../driver/in-transaction.ts";
import { lockDirectory } from "./directory-lock.ts";
import { startPgliteThread } from "./pglite-thread.ts";
import { createTurns } from "./turns.ts";

/** Options of {@link openPglite}. */
export interface PgliteOptions {
  /** The module that is the thread. Default: this package's own; a program that was bundled names its copy. */
  readonly workerFile?: URL | string;
}

/**
 * Opens an embedded Postgres in a directory, or in memory, in a thread of its own.
 *
 * There is one connection: a transaction keeps all others waiting. It survives
 * the death of the process and not that of the machine, as PGlite never calls `fsync`.
 *
 * @param directory - Made when it is missing; `null` keeps everything in memory.
 * @throws {@link StoreError} `STORE_LOCKED`, `STORE_OPEN_FAILED`.
 */
export async function openPglite(directory: string | null, options: PgliteOptions = {}): Promise<Driver> {
  const lock = directory === null ? null : await lockDirectory(directory);
  try {
    if (directory !== null) await mkdir(directory, { recursive: true, mode: 0o700 });
    const thread = await startPgliteThread(directory, options.workerFile ?? defaultWorkerFile());
    const turns = createTurns();
    const direct: Queries = { query: (sql, values = []) => thread.query(sql, values) };
    const close = async (): Promise<void> => {
      await turns.take(() => thread.close());
      lock?.[Symbol.dispose]();
    };
    return {
      kind: "pglite",
      query: (sql, values) => turns.take(() => direct.query(sql, values)),
      // With one connection nobody else has a lock.
      tx: (body) => turns.take(() => inTransaction(direct, body)),
      async listen(channel, onNotified) {
        const stop = thread.onNotified(channel, onNotified);
        await turns.take(() => thread.listen(channel));
        return { [Symbol.asyncDispose]: () => Promise.resolve(stop()) };
      },
      async upkeep() {
        // Each by itself: neither may be in a transaction.
        for (const sql of ["vacuum (analyze)", "checkpoint"]) await turns.take(() => direct.query(sql));
      },
      dump: () => turns.take(() => thread.dump()),
      close,
      [Symbol.asyncDispose]: close,
    };
  } catch (error) {
    lock?.[Symbol.dispose]();
    throw error;
  }
}

function defaultWorkerFile(): URL {
  const isSource = import.meta.url.endsWith(".ts");
  return new URL(isSource ? "./worker-main.ts" : "./worker-main.js", import.meta.url);
}
