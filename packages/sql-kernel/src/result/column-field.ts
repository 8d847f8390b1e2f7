import { DuckDBTypeId } from "@duckdb/node-api";
import type { DuckDBType } from "@duckdb/node-api";
import type { JsonObject } from "@notemill/json";
import type { ResultColumn } from "../database/read-result.ts";

/** Describes a column as a field of a Frictionless table schema, with the type that DuckDB has for it. */
export function columnField({ name, title, type }: ResultColumn): JsonObject {
  return {
    name,
    ...(title === name ? {} : { title }),
    ...fieldType(type),
    duckdb_type: type.alias ?? String(type),
  };
}

function fieldType(type: DuckDBType): JsonObject {
  if (type.alias === "JSON") return { type: "any" };
  return FIELD_TYPES[type.typeId] ?? { type: "string" };
}

const integer = { type: "integer" };
const number = { type: "number" };
const datetime = { type: "datetime" };
const array = { type: "array" };

const FIELD_TYPES: { readonly [Id in DuckDBTypeId]?: JsonObject } = {
  [DuckDBTypeId.BOOLEAN]: { type: "boolean" },
  [DuckDBTypeId.TINYINT]: integer,
  [DuckDBTypeId.SMALLINT]: integer,
  [DuckDBTypeId.INTEGER]: integer,
  [DuckDBTypeId.BIGINT]: integer,
  [DuckDBTypeId.UTINYINT]: integer,
  [DuckDBTypeId.USMALLINT]: integer,
  [DuckDBTypeId.UINTEGER]: integer,
  [DuckDBTypeId.UBIGINT]: integer,
  [DuckDBTypeId.HUGEINT]: integer,
  [DuckDBTypeId.UHUGEINT]: integer,
  [DuckDBTypeId.BIGNUM]: integer,
  [DuckDBTypeId.FLOAT]: number,
  [DuckDBTypeId.DOUBLE]: number,
  [DuckDBTypeId.DECIMAL]: number,
  [DuckDBTypeId.DATE]: { type: "date" },
  [DuckDBTypeId.TIME]: { type: "time" },
  [DuckDBTypeId.TIMESTAMP]: datetime,
  [DuckDBTypeId.TIMESTAMP_S]: datetime,
  [DuckDBTypeId.TIMESTAMP_MS]: datetime,
  [DuckDBTypeId.TIMESTAMP_NS]: datetime,
  [DuckDBTypeId.TIMESTAMP_TZ]: datetime,
  [DuckDBTypeId.BLOB]: { type: "string", format: "binary" },
  [DuckDBTypeId.UUID]: { type: "string", format: "uuid" },
  [DuckDBTypeId.LIST]: array,
  [DuckDBTypeId.ARRAY]: array,
  [DuckDBTypeId.MAP]: array,
  [DuckDBTypeId.STRUCT]: { type: "object" },
  [DuckDBTypeId.UNION]: { type: "any" },
  [DuckDBTypeId.VARIANT]: { type: "any" },
};
