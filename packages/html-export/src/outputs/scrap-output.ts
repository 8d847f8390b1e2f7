import { encodeJson, isJsonObject, type JsonObject, type JsonValue, type RawJson } from "@notemill/json";
import { escapeText } from "../escape-html.ts";
import { objectAt, readRawJson, shortJson, textAt, valueAt } from "../read-json.ts";

const LONGEST_VALUE = 200;

/** Tells whether data of this MIME type is a value that the notebook recorded for others to read. */
export function isScrapType(mimeType: string): boolean {
  return /^application\/(?:scrapbook\.scrap\.[\w.-]+|papermill\.record)\+json$/.test(mimeType);
}

/** Shows a recorded value, or a check and how it went, on one line. */
export function renderScrap(mimeType: string, raw: RawJson): string | undefined {
  const payload = readRawJson(raw);
  if (!isJsonObject(payload)) return undefined;
  if (mimeType.startsWith("application/papermill"))
    return Object.entries(payload)
      .map(([name, value]) => line(name, value))
      .join("");
  const name = textAt(payload, "name");
  const data = valueAt(payload, "data");
  if (name === undefined || data === undefined) return undefined;
  return isJsonObject(data) && textAt(data, "type") === "notemill.check"
    ? check(name, data)
    : line(name, data);
}

function line(name: string, value: JsonValue): string {
  return `<p class="scrap"><b>${escapeText(name)}</b> <code>${valueText(value)}</code></p>`;
}

function check(name: string, data: JsonObject): string {
  const isOk = valueAt(data, "ok") === true;
  const severity = textAt(data, "severity") ?? "error";
  const state = isOk ? "held" : severity === "error" ? "failed" : `failed, ${severity}`;
  const message = textAt(data, "message") ?? "";
  const said = message === "" ? "" : `<span>: ${escapeText(message)}</span>`;
  const details = Object.entries(objectAt(data, "details"))
    .filter(([, value]) => !isEmpty(value))
    .map(([key, value]) => ` <span>${escapeText(key)}</span> <code>${valueText(value)}</code>`)
    .join("");
  const kind = isOk ? "held" : "failed";
  return `<p class="scrap check ${kind}"><b>${escapeText(name)}</b> <span class="state">${escapeText(state)}</span>${said}${details}</p>`;
}

/** A check that held has nothing to list, and its lists are empty. */
function isEmpty(value: JsonValue): boolean {
  return value === null || (typeof value === "object" && ["[]", "{}"].includes(encodeJson(value)));
}

function valueText(value: JsonValue): string {
  return escapeText(
    typeof value === "string" ? value.slice(0, LONGEST_VALUE) : shortJson(value, LONGEST_VALUE),
  );
}
