import type { JsonObject } from "@notemill/json";
import { escapeText } from "../escape-html.ts";
import { listAt, textAt } from "../read-json.ts";

/** The words before a widget; nothing where there are none. */
export function labelOf(state: JsonObject): string {
  const text = textAt(state, "description")?.trim() ?? "";
  return text === "" ? "" : `<span class="widget-label">${escapeText(text.slice(0, 500))}</span>`;
}

/** The texts of a list; what is no text is empty. */
export function textsAt(state: JsonObject, key: string): readonly string[] {
  return listAt(state, key).map((it) => (typeof it === "string" ? it : ""));
}
