import { isJsonObject, type JsonObject, type JsonValue } from "@notemill/json";
import { escapeText } from "../escape-html.ts";
import { listAt, objectAt, textAt, valueAt } from "../read-json.ts";
import { counted } from "./cut-text.ts";

/** A kind of output that needs a program to show it, which a static page has not. */
export interface ActiveType {
  /** What a reader calls it. */
  readonly name: string;
  /** Says in a few words what is in it. */
  readonly describe?: (value: JsonObject) => string;
}

/** Finds out whether data of this MIME type needs a program, and what it is called. */
export function activeType(mimeType: string): ActiveType | undefined {
  const [, family = "", version = ""] =
    /^application\/vnd\.(vegalite|vega)\.v(\d+)(?:\.\d+)*(?:\+json)?$/.exec(mimeType) ?? [];
  if (family !== "") {
    return {
      name: family === "vega" ? `Vega ${version} chart` : `Vega-Lite ${version} chart`,
      describe: describeVega,
    };
  }
  if (/^application\/(?:vnd\.)?geo\+json$/.test(mimeType))
    return { name: "GeoJSON map", describe: describeGeo };
  return Object.hasOwn(TYPES, mimeType) ? TYPES[mimeType] : undefined;
}

/** The line that stands in for what is not shown. */
export function missingNote(name: string, description: string): string {
  const what = description === "" ? "." : `: ${escapeText(description)}`;
  return `<p class="note"><b>${escapeText(name)}</b>, not shown in a static page${what}</p>`;
}

const TYPES: Readonly<Record<string, ActiveType>> = {
  "application/vnd.plotly.v1+json": { name: "Plotly chart", describe: describePlotly },
  "text/vnd.plotly.v1+html": { name: "Plotly chart" },
  "application/vnd.bokehjs_exec.v0+json": { name: "Bokeh chart" },
  "application/vnd.bokehjs_load.v0+json": { name: "Bokeh library" },
  "application/vnd.holoviews_exec.v0+json": { name: "HoloViews chart" },
  "application/vnd.holoviews_load.v0+json": { name: "HoloViews library" },
  "application/javascript": { name: "JavaScript program" },
  "text/javascript": { name: "JavaScript program" },
  "application/ecmascript": { name: "JavaScript program" },
  "application/pdf": { name: "PDF document" },
  "application/vdom.v1+json": { name: "virtual DOM" },
};

/** Says what a Vega or Vega-Lite chart shows. */
export function describeVega(spec: JsonObject): string {
  const title = valueAt(spec, "title");
  const heading = typeof title === "string" ? title : isJsonObject(title) ? textAt(title, "text") : undefined;
  const channels = Object.entries(objectAt(spec, "encoding")).flatMap(([channel, definition]) => {
    const field = isJsonObject(definition)
      ? (textAt(definition, "field") ?? textAt(definition, "aggregate"))
      : undefined;
    return field === undefined ? [] : [`${channel}: ${field}`];
  });
  const rows = Object.values(objectAt(spec, "datasets")).map((it) => (Array.isArray(it) ? it.length : 0));
  const count = rows.reduce((sum, it) => sum + it, 0);
  return sentence([
    heading,
    markOf(spec),
    channels.slice(0, 6).join(", "),
    count > 0 ? `${counted(count)} rows` : "",
  ]);
}

function markOf(spec: JsonObject): string {
  const mark = valueAt(spec, "mark");
  const one = typeof mark === "string" ? mark : isJsonObject(mark) ? textAt(mark, "type") : undefined;
  if (one !== undefined) return one;
  const layers = [...listAt(spec, "layer"), ...listAt(spec, "hconcat"), ...listAt(spec, "vconcat")];
  return layers.length === 0 ? "" : `${layers.length} parts`;
}

function describePlotly(figure: JsonObject): string {
  const title = valueAt(objectAt(figure, "layout"), "title");
  const heading = typeof title === "string" ? title : isJsonObject(title) ? textAt(title, "text") : undefined;
  const traces = listAt(figure, "data").map((trace: JsonValue) =>
    isJsonObject(trace) ? (textAt(trace, "type") ?? "scatter") : "",
  );
  const kinds = [...new Set(traces)]
    .filter((it) => it !== "")
    .slice(0, 6)
    .join(", ");
  return sentence([heading, kinds, traces.length === 1 ? "1 trace" : `${counted(traces.length)} traces`]);
}

function describeGeo(geo: JsonObject): string {
  const features = listAt(geo, "features").length;
  return features === 0 ? (textAt(geo, "type") ?? "") : `${counted(features)} features`;
}

function sentence(parts: readonly (string | undefined)[]): string {
  return parts
    .filter((part): part is string => part !== undefined && part.trim() !== "")
    .map((part) => (part.length > 120 ? `${part.slice(0, 119)}…` : part))
    .join("; ");
}
