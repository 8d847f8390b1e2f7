import { isJsonObject, type JsonObject, parseJson } from "@notemill/json";
import { describeVega } from "./active-types.ts";

/** What the scripts in an HTML output would draw, as far as they can be told. */
export interface ScriptedOutput {
  readonly name: string;
  readonly description: string;
}

const LIBRARIES: readonly (readonly [pattern: RegExp, name: string])[] = [
  [/vega-?embed|vega-?lite/i, "Vega-Lite chart"],
  [/plotly-graph-div|Plotly\.newPlot/, "Plotly chart"],
  [/leaflet|folium/i, "map"],
  [/bk-root|Bokeh\.embed|bokeh\.org/i, "Bokeh chart"],
  [/<video[\s>]/i, "video"],
  [/<audio[\s>]/i, "sound"],
];

/** Names what an HTML output was meant to show, from the libraries that it calls. */
export function describeScripts(markup: string): ScriptedOutput | undefined {
  const found = LIBRARIES.find(([pattern]) => pattern.test(markup));
  if (!found) return undefined;
  const [, name] = found;
  const spec = name === "Vega-Lite chart" ? embeddedSpec(markup) : undefined;
  return { name, description: spec ? describeVega(spec) : "" };
}

/** Altair hands its chart to a function on the spot: `})({…}, {"mode": "vega-lite"})`. */
function embeddedSpec(markup: string): JsonObject | undefined {
  const end = markup.lastIndexOf('}, {"mode": "vega');
  const start = markup.lastIndexOf("})({", end);
  if (end < 0 || start < 0) return undefined;
  try {
    const spec = parseJson(markup.slice(start + 3, end + 1), { maxDepth: 100, maxValues: 1_000_000 });
    return isJsonObject(spec) ? spec : undefined;
  } catch {
    return undefined;
  }
}
