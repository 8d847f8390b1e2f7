import { isJsonObject } from "@notemill/json";
import { readRawJson } from "../read-json.ts";
import { activeType, missingNote } from "./active-types.ts";
import { renderWidget } from "../widgets/render-widget.ts";
import { type Bundle, bundleJson, tellingText } from "./bundle.ts";
import { textBlock } from "./text-block.ts";

const WIDGET_VIEW = "application/vnd.jupyter.widget-view+json";

/**
 * Stands in for what needs a program to be shown: a widget as it was last, a chart
 * by what is in it. `undefined` when the bundle has nothing such.
 */
export function renderActive(bundle: Bundle): string | undefined {
  const view = bundleJson(bundle, WIDGET_VIEW);
  if (view) {
    return renderWidget(view, bundle) ?? widgetNote(tellingText(bundle), bundle);
  }
  for (const mimeType of Object.keys(bundle.data)) {
    const type = activeType(mimeType);
    if (!type) continue;
    const raw = bundleJson(bundle, mimeType);
    const value = raw && readRawJson(raw);
    const what = isJsonObject(value) ? (type.describe?.(value) ?? "") : "";
    return missingNote(type.name, what) + saidText(tellingText(bundle), bundle);
  }
  return undefined;
}

/** A few words fit into the note. */
function widgetNote(said: string | undefined, bundle: Bundle): string {
  if (said === undefined || said.length > 200 || said.includes("\n")) {
    return missingNote("Interactive widget", "") + saidText(said, bundle);
  }
  return missingNote("Interactive widget", said);
}

function saidText(said: string | undefined, { page }: Bundle): string {
  return said === undefined ? "" : textBlock(said, { limit: page.maxOutputLength, kind: "plain" });
}
