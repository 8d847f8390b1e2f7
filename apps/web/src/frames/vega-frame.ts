/**
 * The frame that draws Vega and Vega-Lite charts, of all versions as well as the newest can.
 *
 * Expressions in a chart are interpreted: none becomes code, and the frame's policy lets none.
 */
import { type Config, type Spec, View, parse } from "vega";
import { expressionInterpreter } from "vega-interpreter";
import { compile, type TopLevelSpec } from "vega-lite";
import { serveFrame } from "./serve-frame.ts";

serveFrame(async ({ mimeType, text, theme }) => {
  const given = JSON.parse(text) as object;
  const spec = mimeType.includes("vegalite") ? compile(given as TopLevelSpec).spec : (given as Spec);
  const place = document.createElement("div");
  document.body.append(place);
  const runtime = parse(spec, theme === "dark" ? DARK : LIGHT, { ast: true });
  await new View(runtime, {
    expr: expressionInterpreter,
    renderer: "svg",
    container: place,
    hover: true,
  }).runAsync();
});

const LIGHT: Config = { background: "transparent" };

/** Charts without colours of their own are read on a dark page too. */
const DARK: Config = {
  background: "transparent",
  axis: {
    labelColor: "#d8dde2",
    titleColor: "#d8dde2",
    gridColor: "#3a4148",
    domainColor: "#98a3ad",
    tickColor: "#98a3ad",
  },
  legend: { labelColor: "#d8dde2", titleColor: "#d8dde2" },
  title: { color: "#d8dde2", subtitleColor: "#98a3ad" },
  style: { "guide-label": { fill: "#d8dde2" }, "guide-title": { fill: "#d8dde2" } },
};
