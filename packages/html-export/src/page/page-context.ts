import type { Anchors } from "../markup/anchors.ts";
import type { RenderMarkdown } from "../markdown/render-markdown.ts";
import type { RenderMath } from "../markdown/render-math.ts";
import type { WidgetModels } from "../widgets/widget-models.ts";

/** What the parts of one page share while it is made. */
export interface PageContext {
  readonly anchors: Anchors;
  readonly renderMath: RenderMath;
  readonly renderMarkdown: RenderMarkdown;
  readonly widgets: WidgetModels;
  /** Longest output that is shown whole, in UTF-16 units. */
  readonly maxOutputLength: number;
  readonly maxTableRows: number;
}
