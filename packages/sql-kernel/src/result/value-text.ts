import {
  DuckDBArrayValue,
  DuckDBListValue,
  DuckDBMapValue,
  DuckDBStructValue,
  DuckDBTimestampTZValue,
  DuckDBTimestampValue,
  DuckDBTypeId,
  DuckDBUnionValue,
  DuckDBVariantValue,
} from "@duckdb/node-api";
import type { DuckDBType, DuckDBValue } from "@duckdb/node-api";
import { pythonFloatRepr } from "@notemill/json";
import { typeOfEntry, typeOfItem, typeOfKey, typeOfMember, typeOfValue } from "./nested-types.ts";

/** Writes a value as DuckDB would show it; nothing is rounded. */
export function valueText(value: DuckDBValue, type: DuckDBType | undefined): string {
  if (value === null) return "NULL";
  if (typeof value === "number") return numberText(value, type);
  if (value instanceof DuckDBListValue || value instanceof DuckDBArrayValue) {
    return `[${value.items.map((item) => innerText(item, typeOfItem(type))).join(", ")}]`;
  }
  if (value instanceof DuckDBStructValue) {
    const entries = Object.entries(value.entries).map(
      ([name, entry]) => `${quote(name)}: ${innerText(entry, typeOfEntry(type, name))}`,
    );
    return `{${entries.join(", ")}}`;
  }
  if (value instanceof DuckDBMapValue) {
    const entries = value.entries.map(
      (entry) => `${innerText(entry.key, typeOfKey(type))}=${innerText(entry.value, typeOfValue(type))}`,
    );
    return `{${entries.join(", ")}}`;
  }
  if (value instanceof DuckDBUnionValue) return valueText(value.value, typeOfMember(type, value.tag));
  if (value instanceof DuckDBVariantValue) return valueText(value.value, value.type);
  // The library shows these in the zone of the machine.
  if (value instanceof DuckDBTimestampTZValue) return `${utcText(value)}+00`;
  return String(value);
}

/** The time in UTC, with no sign of that. */
export function utcText(value: DuckDBTimestampTZValue): string {
  return new DuckDBTimestampValue(value.micros).toString();
}

/** Writes a number so that it is read as the same number, and a float with a point. */
export function numberText(value: number, type: DuckDBType | undefined): string {
  if (type?.typeId === DuckDBTypeId.FLOAT) return pythonFloatRepr(shortestSingle(value));
  const isFloat = type?.typeId === DuckDBTypeId.DOUBLE || !Number.isSafeInteger(value);
  return isFloat ? pythonFloatRepr(value) : String(value);
}

/** The number with the fewest digits that is the same in single precision. */
function shortestSingle(value: number): number {
  if (!Number.isFinite(value)) return value;
  for (let digits = 6; digits < 9; digits++) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === value) return short;
  }
  return value;
}

function innerText(value: DuckDBValue, type: DuckDBType | undefined): string {
  return typeof value === "string" ? quote(value) : valueText(value, type);
}

function quote(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
