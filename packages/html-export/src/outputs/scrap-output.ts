import { isJsonObject, type JsonObject, type JsonValue, type RawJson } from "@notemill/json";
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
  const text = typeof value === "string" ? value.slice(0, LONGEST_VALUE) : shortJson(value, LONGEST_VALUE);
  return `<p class="scrap"><b>${escapeText(name)}</b> <code>${escapeText(text)}</code></p>`;
}

function check(name: string, data: JsonObject): string {
  const isOk = valueAt(data, "ok") === true;
  const severity = textAt(data, "severity") ?? "error";
  const state = isOk ? "held" : severity === "error" ? "failed" : `failed, ${severity}`;
  const message = textAt(data, "message");
  const details =
    Object.keys(objectAt(data, "details")).length === 0
      ? ""
      : shortJson(objectAt(data, "details"), LONGEST_VALUE);
  const rest = [message, details].filter((it) => it !== undefined && it !== "").join(" ");
  const said = rest === "" ? "" : ` <span>${escapeText(rest)}</span>`;
  const kind = isOk ? "held" : "failed";
  return `<p class="scrap check ${kind}"><b>${escapeText(name)}</b> <span class="state">${escapeText(state)}</span>${said}</p>`;
}
