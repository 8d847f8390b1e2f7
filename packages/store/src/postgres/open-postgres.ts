import pg from "pg";
import type { Driver, Queries, Row, SqlValue } from "../driver/driver.ts";
import { inTransaction } from "../driver/in-transaction.ts";
import { SESSION_SETTINGS } from "../driver/session-settings.ts";
import { StoreError } from "../store-error.ts";
import { createListener } from "./postgres-listener.ts";

/** Options of {@link openPostgres}. */
export interface PostgresOptions {
  /** The most connections at once, the listener's aside. Default 10. */
  readonly maxConnections?: number;
}

/**
 * Opens a Postgres server's database by URL.
 *
 * @throws {@link StoreError} `STORE_OPEN_FAILED` when it cannot be reached; the message has no password.
 */
export async function openPostgres(url: string, options: PostgresOptions = {}): Promise<Driver> {
  const settings = { connectionString: url, application_name: "notemill" };
  const pool = new pg.Pool({
    ...settings,
    max: options.maxConnections ?? 10,
    // The pool waits for it, which its types do not say.
    onConnect: ((client) => client.query(SESSION_SETTINGS)) as (client: pg.ClientBase) => void,
  });
  // A connection that breaks while nobody uses it is replaced at the next use.
  pool.on("error", () => undefined);
  await pool.query("select 1").catch(async (cause: unknown) => {
    await pool.end();
    throw cannotReach(url, cause);
  });
  const listener = createListener(() => new pg.Client(settings));
  const close = async (): Promise<void> => {
    await listener.close();
    if (!pool.ended) await pool.end();
  };
  return {
    kind: "postgres",
    query: (sql, values) => run(pool, sql, values),
    async tx(body, options) {
      const client = await pool.connect().catch((cause: unknown) => {
        throw cannotReach(url, cause);
      });
      const queries: Queries = { query: (sql, values) => run(client, sql, values) };
      let broken: Error | undefined;
      // A server that ends says so, and its connection breaks: there may be two errors.
      const onError = (error: Error): void => void (broken ??= error);
      client.on("error", onError);
      try {
        return await inTransaction(queries, body, options);
      } finally {
        client.off("error", onError);
        client.release(broken);
      }
    },
    upkeep: () => Promise.resolve(),
    dump: () => Promise.resolve(null),
    listen: (channel, onNotified) => listener.listen(channel, onNotified),
    close,
    [Symbol.asyncDispose]: close,
  };
}

async function run(
  connection: pg.Pool | pg.PoolClient,
  sql: string,
  values: readonly SqlValue[] = [],
): Promise<readonly Row[]> {
  try {
    const result = await connection.query<Row>(
      values.length === 0 ? sql : { name: nameOf(sql), text: sql, values: [...values] },
    );
    // A script gives one result for each statement.
    return (Array.isArray(result) ? (result.at(-1) as pg.QueryResult<Row>) : result).rows;
  } catch (cause) {
    const { code, detail, message } = cause as { code?: string; detail?: string; message: string };
    throw new StoreError("STORE_QUERY_FAILED", `the database refused a statement: ${message}`, {
      cause,
      details: { sqlState: code ?? null, detail: detail ?? null },
    });
  }
}

const names = new Map<string, string>();

/** Names a statement, so that each connection parses it once. Texts are those of the program, and few. */
function nameOf(sql: string): string {
  const name = names.get(sql) ?? `nm${names.size}`;
  names.set(sql, name);
  return name;
}

function cannotReach(url: string, cause: unknown): StoreError {
  const { host = "", pathname = "" } = URL.parse(url) ?? {};
  const why = cause instanceof Error ? cause.message : String(cause);
  return new StoreError("STORE_OPEN_FAILED", `cannot open the database at "${host}${pathname}": ${why}`, {
    cause,
  });
}
