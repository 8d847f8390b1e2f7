import type { Queries } from "./driver.ts";

/** Runs `body` within a transaction, so that what it did is undone, and only that, when it throws. */
export async function inSavepoint<T>(queries: Queries, body: () => Promise<T>): Promise<T> {
  await queries.query("savepoint part");
  try {
    const result = await body();
    await queries.query("release savepoint part");
    return result;
  } catch (error) {
    // What went wrong first is what the caller has to know; with a broken connection this fails, too.
    await undo(queries).catch(() => undefined);
    throw error;
  }
}

/** A savepoint stays when it is gone back to: thousands of them would slow down all that follows. */
async function undo(queries: Queries): Promise<void> {
  await queries.query("rollback to savepoint part");
  await queries.query("release savepoint part");
}
