import type { JsonObject } from "@notemill/json";
import type { SqlSession } from "../database/sql-session.ts";
import { wordAt } from "./word-at.ts";

/** Most names that are offered. */
const MOST = 500;

const NAMES = `
  SELECT name, kind FROM (
    SELECT column_name AS name, 'column' AS kind, 1 AS rank FROM duckdb_columns() WHERE NOT internal
    UNION ALL SELECT table_name, 'table', 2 FROM duckdb_tables()
    UNION ALL SELECT view_name, 'view', 2 FROM duckdb_views() WHERE NOT internal
    UNION ALL SELECT schema_name, 'schema', 3 FROM duckdb_schemas() WHERE NOT internal
    UNION ALL SELECT upper(keyword_name), 'keyword', 4 FROM duckdb_keywords()
    UNION ALL SELECT function_name, 'function', 5 FROM duckdb_functions() WHERE regexp_matches(function_name, '^[a-z_]')
  )
  WHERE starts_with(lower(name), lower($1))
  GROUP BY ALL ORDER BY min(rank), name LIMIT ${MOST}`;

const MEMBERS = `
  SELECT name, kind FROM (
    SELECT column_name AS name, 'column' AS kind, column_index AS rank FROM duckdb_columns() WHERE table_name = $2
    UNION ALL SELECT table_name, 'table', 0 FROM duckdb_tables() WHERE schema_name = $2 OR database_name = $2
    UNION ALL SELECT view_name, 'view', 0 FROM duckdb_views() WHERE schema_name = $2 AND NOT internal
  )
  WHERE starts_with(lower(name), lower($1))
  GROUP BY ALL ORDER BY min(rank), name LIMIT ${MOST}`;

const VARIABLES = `
  SELECT name, 'variable' FROM duckdb_variables() WHERE starts_with(lower(name), lower($1)) ORDER BY name LIMIT ${MOST}`;

/** Answers a `complete_request`: names of the database that go on with what stands before the cursor. */
export async function completeSql(
  session: SqlSession,
  code: string,
  cursor: number | undefined,
): Promise<JsonObject> {
  const { name, qualifier, start, end, isVariable } = wordAt(code, cursor);
  const found = await session
    .work(async (connection) => {
      if (isVariable) return connection.runAndReadAll(VARIABLES, [name]);
      if (qualifier !== undefined) return connection.runAndReadAll(MEMBERS, [name, qualifier]);
      return connection.runAndReadAll(NAMES, [name]);
    })
    // In a transaction that has failed nothing can be asked.
    .catch(() => undefined);
  const names = (found?.getRows() ?? []).map(([text, kind]) => ({ text: String(text), kind: String(kind) }));
  return {
    matches: names.map(({ text, kind }) => (isVariable ? text : asWritten(text, kind))),
    cursor_start: start,
    cursor_end: end,
    metadata: {
      _jupyter_types_experimental: names.map(({ text, kind }) => ({
        text: asWritten(text, kind),
        type: kind,
        start,
        end,
      })),
    },
  };
}

/** Names of other forms have to be quoted. */
function asWritten(name: string, kind: string): string {
  return kind === "keyword" || /^[A-Za-z_]\w*$/.test(name) ? name : `"${name.replaceAll('"', '""')}"`;
}
