import { JsonNumber, encodeJson, type JsonValue } from "@notemill/json";
import { parquetWriteBuffer } from "hyparquet-writer";
import type { MetricsTable } from "@notemill/scraps";

/**
 * The table as a Parquet file: a column of numbers is `DOUBLE`, of whole numbers
 * `INT64`, of truth values `BOOLEAN`, and every other one `STRING` with nested
 * values as JSON.
 */
export function tableAsParquet({ columns, rows }: MetricsTable): Uint8Array {
  const buffer = parquetWriteBuffer({
    columnData: columns.map(({ name }, at) => ({
      name,
      nullable: true,
      ...parquetColumn(rows.map((row) => row[at] ?? null)),
    })),
  });
  return new Uint8Array(buffer);
}

type ParquetColumn =
  | { type: "INT64"; data: (bigint | null)[] }
  | { type: "DOUBLE"; data: (number | null)[] }
  | { type: "BOOLEAN"; data: (boolean | null)[] }
  | { type: "STRING"; data: (string | null)[] };

function parquetColumn(values: readonly JsonValue[]): ParquetColumn {
  const given = values.filter((value) => value !== null);
  if (given.length > 0 && given.every(isInt64)) {
    return {
      type: "INT64",
      data: values.map((value) => (value === null ? null : BigInt(encodeJson(value)))),
    };
  }
  if (given.length > 0 && given.every((value) => typeof value === "number" || value instanceof JsonNumber)) {
    return {
      type: "DOUBLE",
      data: values.map((value) => (value === null ? null : Number(encodeJson(value)))),
    };
  }
  if (given.length > 0 && given.every((value) => typeof value === "boolean")) {
    return { type: "BOOLEAN", data: values.map((value) => (typeof value === "boolean" ? value : null)) };
  }
  return {
    type: "STRING",
    data: values.map((value) => (value === null || typeof value === "string" ? value : encodeJson(value))),
  };
}

function isInt64(value: JsonValue): boolean {
  if (typeof value === "number") return Number.isSafeInteger(value);
  return (
    value instanceof JsonNumber &&
    value.isInteger &&
    BigInt.asIntN(64, BigInt(value.text)) === BigInt(value.text)
  );
}
