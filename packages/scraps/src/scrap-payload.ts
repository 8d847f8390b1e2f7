import { isJsonObject, JsonError, JsonNumber, parseJson, RawJson } from "@notemill/json";
import type { JsonValue } from "@notemill/json";
import type { ScrapProblemCode } from "./scrap-problem.ts";

/** The MIME type of values that papermill 0.x recorded: `{name: value}`. */
export const RECORD_MIME_TYPE = "application/papermill.record+json";

/** A scrap payload that could be read; data of the encoder `json` is a value, any other is as it was stored. */
export interface ScrapPayload {
  readonly name: string;
  readonly encoder: string;
  readonly data: JsonValue;
}

/** Why a payload could not be read. */
export interface BrokenPayload {
  readonly code: ScrapProblemCode;
  readonly message: string;
}

/** Tells whether data of this MIME type is a scrap payload: `application/scrapbook.scrap.ENCODER+json`. */
export function isScrapMimeType(mimeType: string): boolean {
  return /^application\/scrapbook\.scrap\..+\+json$/.test(mimeType);
}

/**
 * Reads a scrap payload, version 1.
 *
 * Source of the format: `scrap.v1.json` of scrapbook 0.5; see docs/reference/scraps.md.
 */
export function readScrapPayload(stored: string | RawJson): ScrapPayload | BrokenPayload {
  const payload = parseStored(stored);
  if (!isJsonObject(payload)) return broken("a scrap payload is an object");
  const { name, encoder, version, data } = payload;
  if (typeof name !== "string") return broken('a scrap payload has a text "name"');
  if (typeof encoder !== "string") return broken(`the scrap "${name}" has a text "encoder"`);
  if (typeof version !== "number" || !Number.isInteger(version) || version < 1) {
    return broken(`the scrap "${name}" has an integer "version" from 1`);
  }
  if (version > 1) {
    return {
      code: "SCRAP_VERSION_UNSUPPORTED",
      message: `the scrap "${name}" has payload version ${version}, and version 1 is read`,
    };
  }
  if (data === undefined) return broken(`the scrap "${name}" has no "data"`);
  return { name, encoder, data: encoder === "json" ? jsonValueOf(data) : data };
}

/** Reads the values of papermill 0.x's `record`, or `undefined` for what is none. */
export function readRecord(stored: string | RawJson): readonly (readonly [string, JsonValue])[] | undefined {
  const payload = parseStored(stored);
  return isJsonObject(payload) ? Object.entries(payload) : undefined;
}

function parseStored(stored: string | RawJson): JsonValue | undefined {
  return parsed(stored instanceof RawJson ? stored.text : stored);
}

/**
 * A string of the encoder `json` is JSON text when it can be: so `null` and NaN are kept.
 * `nan`, `inf` and `-inf` are what ipykernel makes of a float that scrapbook glued.
 */
function jsonValueOf(data: JsonValue): JsonValue {
  if (typeof data !== "string") return data;
  const value = IPYKERNEL_FLOATS[data] ?? parsed(data);
  return value === undefined ? data : value;
}

const IPYKERNEL_FLOATS: Readonly<Record<string, JsonNumber | undefined>> = Object.assign(
  Object.create(null),
  {
    nan: new JsonNumber("NaN"),
    inf: new JsonNumber("Infinity"),
    "-inf": new JsonNumber("-Infinity"),
  },
);

function parsed(text: string): JsonValue | undefined {
  try {
    return parseJson(text);
  } catch (error) {
    if (error instanceof JsonError) return undefined;
    throw error;
  }
}

function broken(message: string): BrokenPayload {
  return { code: "SCRAP_PAYLOAD_INVALID", message };
}
