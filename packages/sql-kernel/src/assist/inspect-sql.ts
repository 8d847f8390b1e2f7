import type { DuckDBConnection } from "@duckdb/node-api";
import type { JsonObject } from "@notemill/json";
import type { SqlSession } from "../database/sql-session.ts";
import { wordAt } from "./word-at.ts";

const RELATION = `
  SELECT database_name || '.' || schema_name || '.' || table_name AS title, column_name, data_type, is_nullable
  FROM duckdb_columns() WHERE lower(table_name) = lower($1) AND NOT internal ORDER BY title, column_index`;

const FUNCTION = `
  SELECT function_name, parameters, parameter_types, return_type, description, function_type
  FROM duckdb_functions() WHERE lower(function_name) = lower($1) ORDER BY ALL LIMIT 50`;

const COLUMN = `
  SELECT table_name, data_type FROM duckdb_columns()
  WHERE lower(column_name) = lower($1) AND NOT internal ORDER BY ALL LIMIT 50`;

/** Answers an `inspect_request`: the schema of a table or view, the forms of a function, the tables of a column. */
export async function inspectSql(
  session: SqlSession,
  code: string,
  cursor: number | undefined,
): Promise<JsonObject> {
  const name = nameAround(code, cursor);
  const text = await session
    .work(async (connection) => {
      if (name === "") return undefined;
      return (
        (await describeRelation(connection, name)) ??
        (await describeFunction(connection, name)) ??
        (await describeColumn(connection, name))
      );
    })
    .catch(() => undefined);
  return text === undefined
    ? { found: false, data: {}, metadata: {} }
    : { found: true, data: { "text/plain": text }, metadata: {} };
}

/** The cursor may be anywhere in a name, or behind the parenthesis that follows it. */
function nameAround(code: string, cursor: number | undefined): string {
  const points = [...code];
  let end = Math.min(cursor ?? points.length, points.length);
  if (points[end - 1] === "(") end--;
  while (end < points.length && /[\p{L}\p{N}_]/u.test(points[end] ?? "")) end++;
  return wordAt(code, end).name;
}

async function describeRelation(connection: DuckDBConnection, name: string): Promise<string | undefined> {
  const rows = (await connection.runAndReadAll(RELATION, [name])).getRows();
  const [first] = rows;
  if (!first) return undefined;
  const lines = rows.map(
    ([, column, type, nullable]) =>
      `  ${String(column)} ${String(type)}${nullable === false ? " NOT NULL" : ""}`,
  );
  return [String(first[0]), ...lines].join("\n");
}

async function describeFunction(connection: DuckDBConnection, name: string): Promise<string | undefined> {
  const rows = (await connection.runAndReadAll(FUNCTION, [name])).getRowObjectsJson();
  if (rows.length === 0) return undefined;
  const forms = rows.map(({ function_name, parameters, parameter_types, return_type }) => {
    const types = Array.isArray(parameter_types) ? parameter_types : [];
    const names = Array.isArray(parameters) ? parameters : [];
    const list = names.map((it, index) =>
      [it, types[index]].filter((part) => part !== null && part !== undefined).join(" "),
    );
    return `${String(function_name)}(${list.join(", ")})${return_type === null ? "" : ` -> ${String(return_type)}`}`;
  });
  const descriptions = rows.flatMap(({ description }) =>
    typeof description === "string" ? [description] : [],
  );
  return [...new Set(forms), ...new Set(descriptions)].join("\n");
}

async function describeColumn(connection: DuckDBConnection, name: string): Promise<string | undefined> {
  const rows = (await connection.runAndReadAll(COLUMN, [name])).getRows();
  if (rows.length === 0) return undefined;
  return rows.map(([table, type]) => `${String(table)}.${name} ${String(type)}`).join("\n");
}
