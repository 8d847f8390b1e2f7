import { isJsonObject, type JsonObject, type RawJson } from "@notemill/json";
import type { Notebook } from "@notemill/nbformat";
import { listAt, objectAt, readRawJson, textAt } from "../read-json.ts";

/** The state of the widgets of a notebook, by model id. */
export type WidgetModels = JsonObject;

/** One widget as it was when the notebook was saved. */
export interface WidgetModel {
  readonly id: string;
  /** What it is, as `IntSlider`. */
  readonly kind: string;
  readonly state: JsonObject;
  /** Bytes that are no JSON, as base64, by the key of the state that they belong to. */
  readonly buffers: ReadonlyMap<string, string>;
}

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

/** The id of the model that a view shows. */
export function viewedModel(view: RawJson): string | undefined {
  const json = readRawJson(view);
  return isJsonObject(json) ? textAt(json, "model_id") : undefined;
}

/** Reads one model; `undefined` where the notebook does not hold it. */
export function readModel(models: WidgetModels, id: string): WidgetModel | undefined {
  const model = objectAt(models, id);
  const name = textAt(model, "model_name");
  if (name === undefined) return undefined;
  const buffers = new Map<string, string>();
  for (const buffer of listAt(model, "buffers")) {
    if (!isJsonObject(buffer) || textAt(buffer, "encoding") !== "base64") continue;
    const [key, ...deeper] = listAt(buffer, "path");
    const data = textAt(buffer, "data");
    if (typeof key === "string" && deeper.length === 0 && data !== undefined) buffers.set(key, data);
  }
  return { id, kind: name.replace(/Model$/, ""), state: objectAt(model, "state"), buffers };
}

/** The ids of the models that a list of a state names. */
export function modelsIn(state: JsonObject, key: string): readonly string[] {
  return listAt(state, key).flatMap((it) =>
    typeof it === "string" && it.startsWith("IPY_MODEL_") ? [it.slice("IPY_MODEL_".length)] : [],
  );
}
