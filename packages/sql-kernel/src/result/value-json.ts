import {
  DuckDBArrayValue,
  DuckDBBlobValue,
  DuckDBDecimalValue,
  DuckDBListValue,
  DuckDBMapValue,
  DuckDBStructValue,
  DuckDBTimestampMillisecondsValue,
  DuckDBTimestampNanosecondsValue,
  DuckDBTimestampSecondsValue,
  DuckDBTimestampTZValue,
  DuckDBTimestampValue,
  DuckDBUnionValue,
  DuckDBVariantValue,
} from "@duckdb/node-api";
import type { DuckDBType, DuckDBValue } from "@duckdb/node-api";
import { JsonNumber, RawJson, scanJson } from "@notemill/json";
import type { JsonValue } from "@notemill/json";
import { typeOfEntry, typeOfItem, typeOfKey, typeOfMember, typeOfValue } from "./nested-types.ts";
import { numberText, utcText, valueText } from "./value-text.ts";

/**
 * Writes a value as JSON, with all its digits.
 *
 * What JSON cannot hold is text: times in ISO 8601, bytes in base64, `NaN`,
 * `INF` and `-INF` as Frictionless Data has them. A map is a list of keys and values.
 */
export function valueJson(value: DuckDBValue, type: DuckDBType | undefined): JsonValue {
  if (value === null || typeof value === "boolean") return value;
  if (typeof value === "bigint" || value instanceof DuckDBDecimalValue) return new JsonNumber(String(value));
  if (typeof value === "number") return numberJson(value, type);
  if (typeof value === "string") return type?.alias === "JSON" ? ownJson(value) : value;
  if (value instanceof DuckDBListValue || value instanceof DuckDBArrayValue) {
    return value.items.map((item) => valueJson(item, typeOfItem(type)));
  }
  if (value instanceof DuckDBStructValue) return structJson(value, type);
  if (value instanceof DuckDBMapValue) {
    return value.entries.map((entry) => ({
      key: valueJson(entry.key, typeOfKey(type)),
      value: valueJson(entry.value, typeOfValue(type)),
    }));
  }
  if (value instanceof DuckDBUnionValue) return valueJson(value.value, typeOfMember(type, value.tag));
  if (value instanceof DuckDBVariantValue) return valueJson(value.value, value.type);
  if (value instanceof DuckDBBlobValue) return Buffer.from(value.bytes).toString("base64");
  if (value instanceof DuckDBTimestampTZValue) {
    return value.isFinite ? `${utcText(value).replace(" ", "T")}Z` : utcText(value);
  }
  return isTimestamp(value) ? String(value).replace(" ", "T") : valueText(value, type);
}

function numberJson(value: number, type: DuckDBType | undefined): JsonValue {
  if (Number.isNaN(value)) return "NaN";
  if (!Number.isFinite(value)) return value > 0 ? "INF" : "-INF";
  return new JsonNumber(numberText(value, type));
}

function structJson(value: DuckDBStructValue, type: DuckDBType | undefined): JsonValue {
  return Object.fromEntries(
    Object.entries(value.entries).map(([name, entry]) => [name, valueJson(entry, typeOfEntry(type, name))]),
  );
}

/** JSON of the database, which may never have been looked at. */
function ownJson(text: string): JsonValue {
  try {
    const isOneValue = text.slice(scanJson(text)).trim() === "";
    return isOneValue ? new RawJson(text.trim()) : text;
  } catch {
    return text;
  }
}

function isTimestamp(value: object): boolean {
  return (
    value instanceof DuckDBTimestampValue ||
    value instanceof DuckDBTimestampSecondsValue ||
    value instanceof DuckDBTimestampMillisecondsValue ||
    value instanceof DuckDBTimestampNanosecondsValue
  );
}
