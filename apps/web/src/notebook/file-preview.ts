import { RawJson } from "@notemill/json";
import type { Output } from "@notemill/nbformat";

/** Files that are code, by the ends of their names. */
const LANGUAGES: Readonly<Record<string, string>> = {
  bash: "bash",
  c: "c",
  cpp: "cpp",
  css: "css",
  go: "go",
  h: "c",
  hs: "haskell",
  ini: "ini",
  java: "java",
  jl: "julia",
  js: "javascript",
  kt: "kotlin",
  lua: "lua",
  mjs: "javascript",
  pl: "perl",
  py: "python",
  r: "r",
  rb: "ruby",
  rs: "rust",
  scala: "scala",
  sh: "bash",
  sql: "sql",
  swift: "swift",
  tex: "latex",
  toml: "ini",
  ts: "typescript",
  tsx: "typescript",
  xml: "xml",
  yaml: "yaml",
  yml: "yaml",
};

/** Whether a file is a picture that browsers show. */
export function isPicture(name: string): boolean {
  return /\.(?:avif|gif|jpe?g|png|webp)$/i.test(name);
}

/**
 * The output of a notebook that a text file would be, which is shown as such: Markdown, HTML, SVG and JSON, and
 * code with its colours; null for what is plain text.
 */
export function previewOutput(name: string, text: string): Output | null {
  const ending = /\.([a-z]+)$/i.exec(name)?.[1]?.toLowerCase() ?? "";
  switch (ending) {
    case "md":
    case "markdown":
      return display("text/markdown", text);
    case "html":
    case "htm":
      return display("text/html", text);
    case "svg":
      return display("image/svg+xml", text);
    case "json":
    case "geojson":
      return isJson(text)
        ? display(ending === "json" ? "application/json" : "application/geo+json", new RawJson(text))
        : null;
    default: {
      const language = Object.hasOwn(LANGUAGES, ending) ? LANGUAGES[ending] : undefined;
      return language === undefined ? null : display("text/markdown", fenced(text, language));
    }
  }
}

function display(mimeType: string, data: string | RawJson): Output {
  return { output_type: "display_data", data: { [mimeType]: data }, metadata: {} };
}

/** A block of code in Markdown, between marks that are not in the text. */
function fenced(text: string, language: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}${language}\n${text.replace(/\n$/, "")}\n${fence}`;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
