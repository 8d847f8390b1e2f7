/** The frame that draws Plotly charts, with the build of Plotly that makes no code of text. */
import Plotly from "plotly.js-strict-dist-min";
import { serveFrame } from "./serve-frame.ts";

serveFrame(async ({ text, theme }) => {
  const { data = [], layout = {}, frames = [] } = JSON.parse(text) as Figure;
  const place = document.createElement("div");
  document.body.append(place);
  const inherited = {
    paper_bgcolor: "transparent",
    ...(theme === "dark" ? { font: { color: "#d8dde2" } } : {}),
  };
  const shown =
    layout.template === undefined ? { ...inherited, plot_bgcolor: "transparent", ...layout } : layout;
  await Plotly.newPlot(place, {
    data,
    layout: shown,
    frames,
    config: { responsive: true, displaylogo: false },
  });
});

interface Figure {
  readonly data?: readonly object[];
  readonly layout?: Readonly<Record<string, unknown>>;
  readonly frames?: readonly object[];
}
