import type { DuckDBConnection } from "@duckdb/node-api";
import { SqlInterruption } from "./sql-interruption.ts";

/** How often an interrupt is repeated: one that comes between two steps of a query is forgotten by DuckDB. */
const REPEAT_MS = 20;

/** The one connection of a kernel, on which one piece of work runs at a time and can be interrupted. */
export class SqlSession implements Disposable {
  readonly #connection: DuckDBConnection;
  #isWorking = false;
  #interrupting: NodeJS.Timeout | undefined;

  constructor(connection: DuckDBConnection) {
    this.#connection = connection;
  }

  /** Runs queries. After {@link interrupt} they fail, and `check` throws. */
  async work<T>(queries: (connection: DuckDBConnection, check: () => void) => Promise<T>): Promise<T> {
    this.#isWorking = true;
    try {
      return await queries(this.#connection, () => {
        if (this.#interrupting !== undefined) throw new SqlInterruption();
      });
    } catch (error) {
      throw this.#interrupting === undefined ? error : new SqlInterruption({ cause: error });
    } finally {
      this.#isWorking = false;
      clearInterval(this.#interrupting);
      this.#interrupting = undefined;
    }
  }

  /** Ends the work under way; without any, nothing happens. */
  interrupt(): void {
    if (!this.#isWorking || this.#interrupting !== undefined) return;
    this.#interrupting = setInterval(() => this.#connection.interrupt(), REPEAT_MS);
    this.#connection.interrupt();
  }

  [Symbol.dispose](): void {
    clearInterval(this.#interrupting);
    this.#connection.closeSync();
  }
}
