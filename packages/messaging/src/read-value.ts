import { encodeJson, isJsonObject, JsonNumber, RawJson } from "@notemill/json";
import type { JsonObject, JsonValue } from "@notemill/json";
import type { MimeData } from "./message-content.ts";

/** Reads a MIME bundle as kernels send it. */
export function readMimeData(value: JsonValue | undefined): MimeData {
  const data: Record<string, string | RawJson> = {};
  for (const [mimeType, item] of Object.entries(asObject(value))) data[mimeType] = asMimeValue(item);
  return data;
}

function asMimeValue(value: JsonValue): string | RawJson {
  if (typeof value === "string" || value instanceof RawJson) return value;
  // Some kernels send text as a list of lines, as a notebook file does.
  if (isTextList(value)) return value.join("");
  return new RawJson(encodeJson(value));
}

/** The object, or an empty one in place of anything else. */
export function asObject(value: JsonValue | undefined): JsonObject {
  return isJsonObject(value) ? value : {};
}

/** The text; lists of lines are joined, nothing is empty text, and other values become JSON. */
export function asText(value: JsonValue | undefined): string {
  if (typeof value === "string") return value;
  if (value === null || value === undefined) return "";
  return isTextList(value) ? value.join("") : encodeJson(value);
}

/** The lines; a single text counts as one line, anything else as none. */
export function asTextList(value: JsonValue | undefined): readonly string[] {
  if (typeof value === "string") return [value];
  return Array.isArray(value) ? value.map((line: JsonValue) => asText(line)) : [];
}

/** The number, or `null` in place of anything else. */
export function asCount(value: JsonValue | undefined): number | null {
  if (typeof value === "number") return value;
  return value instanceof JsonNumber ? value.toNumber() : null;
}

function isTextList(value: JsonValue): value is readonly string[] {
  return Array.isArray(value) && value.every((line) => typeof line === "string");
}
