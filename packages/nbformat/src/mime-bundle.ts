import { encodeJson, parseJson, RawJson } from "@notemill/json";
import type { JsonObject, JsonValue } from "@notemill/json";
import { isJsonMimeType } from "./json-mime-type.ts";
import { joinedText } from "./multiline-text.ts";
import type { MimeBundle } from "./notebook.ts";

/**
 * Makes a MIME bundle of a JSON object: the `data` of a kernel's message, or of
 * an output in a file.
 *
 * Text, and lists of lines, are joined. Data of JSON types and every value that
 * is not text become {@link RawJson}.
 */
export function mimeBundleFromJson(data: JsonObject): MimeBundle {
  const bundle: Record<string, string | RawJson> = {};
  for (const [mimeType, value] of Object.entries(data)) {
    const kept = mimeValueFromJson(mimeType, value);
    if (mimeType === "__proto__") Object.defineProperty(bundle, mimeType, { ...OWN, value: kept });
    else bundle[mimeType] = kept;
  }
  return bundle;
}

const OWN = { writable: true, enumerable: true, configurable: true };

function mimeValueFromJson(mimeType: string, value: JsonValue): string | RawJson {
  if (isJsonMimeType(mimeType)) return rawJson(value);
  const read = value instanceof RawJson ? parseJson(value.text) : value;
  return joinedText(read) ?? rawJson(value);
}

function rawJson(value: JsonValue): RawJson {
  return value instanceof RawJson ? value : new RawJson(encodeJson(value));
}
