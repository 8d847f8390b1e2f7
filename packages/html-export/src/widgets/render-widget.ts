import type { RawJson } from "@notemill/json";
import type { Output } from "@notemill/nbformat";
import { escapeText } from "../escape-html.ts";
import { renderHtml } from "../outputs/html-output.ts";
import { renderImage } from "../outputs/image-output.ts";
import { note } from "../outputs/note.ts";
import type { PageContext } from "../page/page-context.ts";
import { objectAt, textAt } from "../read-json.ts";
import { renderControl } from "./render-control.ts";
import { labelOf, textsAt } from "./widget-label.ts";
import { modelsIn, readModel, viewedModel, type WidgetModel } from "./widget-models.ts";
import { outputsOf } from "./widget-outputs.ts";

/** The most widgets that one view shows. */
const MOST_WIDGETS = 200;

/** What is shared while one view is rendered. */
interface Walk {
  readonly page: PageContext;
  readonly renderOutputs: (outputs: readonly Output[], page: PageContext) => string;
  /** Those that are shown already: one that is within itself would have no end. */
  readonly seen: Set<string>;
}

/**
 * Shows a widget as it was when the notebook was saved: nothing of it can be moved or pressed.
 *
 * @returns `undefined` when the notebook does not hold its state, or there is nothing in it.
 */
export function renderWidget(
  view: RawJson,
  { page, renderOutputs }: Pick<Walk, "page" | "renderOutputs">,
): string | undefined {
  const id = viewedModel(view);
  const html = id === undefined ? "" : renderModel(id, { page, renderOutputs, seen: new Set() });
  if (html === "") return undefined;
  return `<section class="widget-view" role="group" aria-label="Widget as it was saved">${html}</section>`;
}

function renderModel(id: string, walk: Walk): string {
  const model = readModel(walk.page.widgets, id);
  if (model === undefined || walk.seen.has(id)) return "";
  walk.seen.add(id);
  if (walk.seen.size > MOST_WIDGETS)
    return walk.seen.size === MOST_WIDGETS + 1 ? note("More widgets are left out.") : "";
  return renderContainer(model, walk) ?? renderContent(model, walk) ?? renderControl(model);
}

/** Widgets that hold others, side by side or one below the other. */
function renderContainer({ kind, state }: WidgetModel, walk: Walk): string | undefined {
  if (!/^(?:[HV]?Box|GridBox|Tab|Accordion|Stack)$/.test(kind)) return undefined;
  const titles = titlesOf(state);
  const children = modelsIn(state, "children").map((id, index) => {
    const html = renderModel(id, walk);
    const title = titles[index] ?? "";
    return html === "" || title === "" ? html : `<p class="widget-title">${escapeText(title)}</p>${html}`;
  });
  const html = children.join("");
  if (html === "") return "";
  return `<div class="widget-box ${kind === "HBox" ? "row" : "column"}">${html}</div>`;
}

/** Version 8 has a list of titles, version 7 an object by place. */
function titlesOf(state: WidgetModel["state"]): readonly string[] {
  const list = textsAt(state, "titles");
  if (list.length > 0) return list;
  const byPlace = objectAt(state, "_titles");
  return Array.from({ length: Object.keys(byPlace).length }, (_, at) => textAt(byPlace, String(at)) ?? "");
}

/** Widgets that show what somebody has written or drawn. */
function renderContent(model: WidgetModel, walk: Walk): string | undefined {
  const { kind, state, buffers } = model;
  const { page } = walk;
  switch (kind) {
    case "HTML":
    case "HTMLMath": {
      const html = renderHtml(textAt(state, "value") ?? "", page)?.html ?? "";
      return html === "" ? "" : `<div class="widget">${labelOf(state)}${html}</div>`;
    }
    case "Image": {
      const format = textAt(state, "format") ?? "png";
      const data = buffers.get("value") ?? "";
      const mimeType = `image/${format === "jpg" ? "jpeg" : format}`;
      return renderImage({ mimeType, data, metadata: {}, text: undefined, limit: page.maxOutputLength });
    }
    case "Output":
      // What is within shows no widgets: it could be its own output.
      return walk.renderOutputs(outputsOf(state), { ...page, widgets: {} });
    default:
      return undefined;
  }
}
