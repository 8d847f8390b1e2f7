import type { Queries } from "./driver.ts";

/** Runs `body` between `begin` and `commit` on one connection; rolls back when it throws, and throws the same. */
export async function inTransaction<T>(
  connection: Queries,
  body: (queries: Queries) => Promise<T>,
): Promise<T> {
  await connection.query("begin");
  try {
    const result = await body(connection);
    await connection.query("commit");
    return result;
  } catch (error) {
    // What went wrong first is what the caller has to know; a connection that broke has no transaction any more.
    await connection.query("rollback").catch(() => undefined);
    throw error;
  }
}
