import type { DuckDBType } from "@duckdb/node-api";
import type { ResultColumn } from "../database/read-result.ts";
import { columnField } from "./column-field.ts";

/** Tells whether the values of a type are numbers, which stand at the right of their column. */
export function isNumeric(type: DuckDBType): boolean {
  const column: ResultColumn = { name: "", title: "", type };
  const field = columnField(column)["type"];
  return field === "integer" || field === "number";
}
