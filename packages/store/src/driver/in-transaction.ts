import type { Queries, TransactionOptions } from "./driver.ts";

/** Runs `body` between `begin` and `commit` on one connection; rolls back when it throws, and throws the same. */
export async function inTransaction<T>(
  connection: Queries,
  body: (queries: Queries) => Promise<T>,
  { lockTimeoutMs }: TransactionOptions = {},
): Promise<T> {
  const begin = lockTimeoutMs === undefined ? "begin" : `begin; set local lock_timeout = ${lockTimeoutMs}`;
  // What follows is sent behind it at once; it cannot fail but with the connection, and then that fails too.
  const begun = connection.query(begin);
  begun.catch(() => undefined);
  try {
    const result = await body(connection);
    await begun;
    await connection.query("commit");
    return result;
  } catch (error) {
    // What went wrong first is what the caller has to know; a connection that broke has no transaction any more.
    await connection.query("rollback").catch(() => undefined);
    throw error;
  }
}
