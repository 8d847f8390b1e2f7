import type { Cell, Notebook } from "@notemill/nbformat";
import { objectAt, textAt } from "../read-json.ts";

/** Names the language of a notebook's code cells, or `undefined`. */
export function notebookLanguage({ metadata }: Notebook): string | undefined {
  return (
    textAt(objectAt(metadata, "language_info"), "name") ??
    textAt(objectAt(metadata, "kernelspec"), "language")
  );
}

/** Names the language of one code cell: what its magic or the editor says, else the notebook's. */
export function cellLanguage({ source, metadata }: Cell, otherwise: string | undefined): string | undefined {
  const magic = /^\s*%%(\w+)/.exec(source)?.[1]?.toLowerCase();
  if (magic !== undefined && Object.hasOwn(MAGICS, magic)) return MAGICS[magic];
  return textAt(objectAt(metadata, "vscode"), "languageId") ?? otherwise;
}

const MAGICS: Readonly<Record<string, string>> = {
  bash: "bash",
  sh: "bash",
  script: "bash",
  html: "xml",
  svg: "xml",
  javascript: "javascript",
  js: "javascript",
  latex: "latex",
  markdown: "markdown",
  perl: "perl",
  ruby: "ruby",
  sql: "sql",
  bigquery: "sql",
  r: "r",
  julia: "julia",
  cython: "python",
};
