import { isJsonObject, type JsonObject, type RawJson } from "@notemill/json";
import type { Notebook } from "@notemill/nbformat";
import { unescapeText } from "../escape-html.ts";
import { listAt, objectAt, numberAt, readRawJson, textAt, valueAt } from "../read-json.ts";

/** The state of the widgets of a notebook, by model id. */
export type WidgetModels = JsonObject;

/**
 * Finds the widgets' state in a notebook's metadata.
 *
 * Source of the format: https://ipywidgets.readthedocs.io/en/stable/embedding.html
 */
export function widgetModels({ metadata }: Notebook): WidgetModels {
  return objectAt(
    objectAt(objectAt(metadata, "widgets"), "application/vnd.jupyter.widget-state+json"),
    "state",
  );
}

const MOST_WIDGETS = 200;

/**
 * Says what a widget showed when the notebook was saved, in words: a progress
 * bar's text, the value of a slider, the children of a box in a row.
 *
 * @returns `undefined` when the notebook does not hold its state.
 */
export function widgetText(view: RawJson, models: WidgetModels): string | undefined {
  const json = readRawJson(view);
  const id = isJsonObject(json) ? textAt(json, "model_id") : undefined;
  if (id === undefined) return undefined;
  const words = wordsOf(id, models, { seen: new Set() }).filter((it) => it.trim() !== "");
  return words.length === 0 ? undefined : words.join(" ");
}

function wordsOf(id: string, models: WidgetModels, walk: { readonly seen: Set<string> }): readonly string[] {
  const model = objectAt(models, id);
  const state = objectAt(model, "state");
  if (walk.seen.has(id) || walk.seen.size >= MOST_WIDGETS) return [];
  walk.seen.add(id);
  const children = listAt(state, "children").flatMap((child) => {
    const childId =
      typeof child === "string" && child.startsWith("IPY_MODEL_")
        ? child.slice("IPY_MODEL_".length)
        : undefined;
    return childId === undefined ? [] : wordsOf(childId, models, walk);
  });
  return [
    textAt(state, "description") ?? "",
    ...children,
    valueText(textAt(model, "model_name") ?? "", state),
  ];
}

function valueText(modelName: string, state: JsonObject): string {
  const value = textAt(state, "value");
  if (value !== undefined) return modelName.startsWith("HTML") ? withoutTags(value) : value;
  const flag = valueAt(state, "value");
  if (typeof flag === "boolean") return flag ? "yes" : "no";
  const number = numberAt(state, "value");
  const max = numberAt(state, "max");
  if (number === undefined) return textAt(state, "_options_labels") ?? "";
  return modelName.includes("Progress") && max !== undefined ? `${number} of ${max}` : String(number);
}

/** Only for reading; the result is escaped like any text. */
function withoutTags(html: string): string {
  const text = html.replaceAll(/<[^>]{0,1000}>/g, " ").replaceAll("&nbsp;", " ");
  return unescapeText(text).replaceAll(/\s+/g, " ").trim();
}
