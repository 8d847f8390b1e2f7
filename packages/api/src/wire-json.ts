import { encodeJson, type JsonLimits, type JsonValue, parseJson } from "@notemill/json";

/** Keys whose values nobody reads on the way; see {@link rawJson}. */
const RAW_KEYS: ReadonlySet<unknown> = new Set([
  "parameters",
  "data",
  "value",
  "body",
  "grid",
  "metrics",
  "definition",
]);

/** Keys that are lists of things that are read, although their name is one of those above. */
const isRead = (path: readonly (string | number)[]): boolean => path.at(-2) === "facts";

/**
 * Reads a body of the API. What is passed on unread is left as its text.
 *
 * @throws {@link JsonError} for text that is not JSON.
 */
export function parseWireJson(text: string, limits: JsonLimits = {}): unknown {
  return parseJson(text, { ...limits, keepRaw: (path) => RAW_KEYS.has(path.at(-1)) && !isRead(path) });
}

/**
 * The most levels of what people and programs send: answers, and what runners send, have it within a few more, and
 * {@link parseWireJson} reads five hundred.
 */
export const MOST_SENT_LEVELS = 400;

/** Writes a body of the API. An optional field that is not there has no place in it. */
export function encodeWireJson(value: unknown): string {
  return encodeJson(value as JsonValue, { nonFinite: "string" });
}
