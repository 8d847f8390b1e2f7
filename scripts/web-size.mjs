// Compares the built web app with its budget: bytes after compression, as a browser loads them.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { root } from "./setup/paths.mjs";

const directory = join(root, "apps", "cli", "dist", "bin", "pages");

/** What is loaded before anything is shown, and what comes with the first notebook; in bytes. */
const BUDGETS = [
  { title: "the shell", isPart: (name, html) => html.includes(name), most: 150_000 },
  { title: "all scripts and style sheets", isPart: (name) => !isOfFrame(name), most: 562_000 },
  // Loaded by a frame alone, when somebody activates such a chart.
  { title: "Vega", isPart: (name) => name.startsWith("vega-"), most: 300_000 },
  { title: "Plotly", isPart: (name) => name.startsWith("plotly-"), most: 1_650_000 },
];

function isOfFrame(name) {
  return /^(?:vega|plotly|html|serve-frame)-/.test(name);
}

const html = readFileSync(join(directory, "index.html"), "utf8");
const files = readdirSync(join(directory, "assets")).filter((name) => /\.(?:js|css)$/.test(name));
for (const { title, isPart, most } of BUDGETS) {
  const parts = files.filter((name) => isPart(name, html));
  const bytes = parts.reduce(
    (sum, name) => sum + gzipSync(readFileSync(join(directory, "assets", name))).length,
    0,
  );
  console.log(`${title}: ${bytes} of ${most} bytes`);
  if (parts.length === 0 || bytes > most) process.exitCode = 1;
}
