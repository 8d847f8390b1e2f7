import { createHash } from "node:crypto";
import type { Cell, MimeBundle, Notebook, Output } from "@notemill/nbformat";

/**
 * A notebook as lines that a person compares: each cell with its id and source, and
 * what its outputs say. Counts and metadata are left out: they differ at every save.
 */
export function notebookText(notebook: Notebook): string {
  return notebook.cells.map(cellText).join("");
}

function cellText(cell: Cell): string {
  const { source } = cell;
  const outputs = cell.cell_type === "code" ? cell.outputs.map(outputText).join("") : "";
  const end = source.endsWith("\n") || source === "" ? "" : "\n";
  return `[${cell.cell_type} ${cell.id}]\n${source}${end}${outputs}\n`;
}

function outputText(output: Output): string {
  if (output.output_type === "stream") return marked(output.text);
  if (output.output_type === "error") return marked(`${output.ename}: ${output.evalue}`);
  const { "text/plain": plain, ...others } = output.data;
  const types = Object.entries(others).map(([type, value]) => `(${type} ${digest(value)})\n`);
  return marked(`${typeof plain === "string" ? `${plain}\n` : ""}${types.join("")}`);
}

function marked(text: string): string {
  return text
    .replace(/\n$/, "")
    .split("\n")
    .map((line) => `| ${line}\n`)
    .join("");
}

/** Enough to see that two are not the same. */
function digest(value: MimeBundle[string]): string {
  const text = typeof value === "string" ? value : value.text;
  return createHash("sha256").update(text).digest("hex").slice(0, 12);
}
