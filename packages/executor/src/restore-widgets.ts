import { isJsonObject, JsonError, type JsonValue, parseJson, RawJson } from "@notemill/json";
import type { WidgetStates } from "./widget-states.ts";

/**
 * Takes up the state of widgets where an earlier run left it, so that a run which
 * goes on in the same kernel loses none of it.
 *
 * @param saved - `metadata.widgets` of the notebook; what does not fit the format is left out.
 */
export function restoreWidgets(widgets: WidgetStates, saved: JsonValue | undefined): void {
  const all = isJsonObject(saved) ? parsed(saved["application/vnd.jupyter.widget-state+json"]) : undefined;
  const models = isJsonObject(all) && isJsonObject(all["state"]) ? all["state"] : {};
  for (const [commId, model] of Object.entries(models)) {
    if (!isJsonObject(model) || !isJsonObject(model["state"])) continue;
    const { state, buffers } = model;
    const whole = (Array.isArray(buffers) ? buffers : []).filter((it: JsonValue) => isJsonObject(it));
    widgets.apply({
      type: "comm_open",
      content: {
        comm_id: commId,
        target_name: "jupyter.widget",
        data: { state, buffer_paths: whole.map(({ path = [] }) => path) },
      },
      buffers: whole.map(({ data }) => Buffer.from(typeof data === "string" ? data : "", "base64")),
    });
  }
}

/** A reader of notebooks leaves the state as the text it is in the file. */
function parsed(value: JsonValue | undefined): JsonValue | undefined {
  if (!(value instanceof RawJson)) return value;
  try {
    return parseJson(value.text);
  } catch (error) {
    if (error instanceof JsonError) return undefined;
    throw error;
  }
}
