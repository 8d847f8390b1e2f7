import type { DuckDBConnection } from "@duckdb/node-api";

/** Rows that are shown where nobody has said otherwise. */
const DEFAULT_LIMIT = 100;

/** Most rows that are shown, whoever asks. */
const MOST_ROWS = 100_000;

/** Most rows of a result that are shown: the variable `notemill_limit`, which a parameter can set. */
export async function rowLimit(connection: DuckDBConnection): Promise<number> {
  const reader = await connection
    .runAndReadAll("SELECT TRY_CAST(getvariable('notemill_limit') AS UINTEGER)")
    // In a transaction that has failed nothing can be asked.
    .catch(() => undefined);
  const value = reader?.getRows()[0]?.[0];
  return typeof value === "number" ? Math.min(value, MOST_ROWS) : DEFAULT_LIMIT;
}
