import { RawJson } from "@notemill/json";
import type { Notebook, Output } from "@notemill/nbformat";
import type { MetricsTable } from "./metrics-table.ts";
import { tableAsCsv, tableAsJson } from "./table-text.ts";

/** Options of {@link tableAsNotebook}. */
export interface TableNotebookOptions {
  /** Gives the ids of the two cells. */
  readonly newId: () => string;
  /** The table as plain text. Default: as CSV. */
  readonly text?: string;
}

/**
 * The table as a notebook document: a heading, and one cell whose output is the
 * table as HTML, text and `application/vnd.dataresource+json`. It needs no kernel.
 */
export function tableAsNotebook(
  title: string,
  table: MetricsTable,
  { newId, text = tableAsCsv(table) }: TableNotebookOptions,
): Notebook {
  const fields = table.columns.map(({ name }) => ({ name }));
  const resource = `{"schema":{"fields":${JSON.stringify(fields)}},"data":${tableAsJson(table).trim()}}`;
  const output: Output = {
    output_type: "display_data",
    metadata: {},
    data: {
      "application/vnd.dataresource+json": new RawJson(resource),
      "text/html": tableAsHtml(table),
      "text/plain": text,
    },
  };
  return {
    nbformat: 4,
    nbformat_minor: 5,
    metadata: {},
    cells: [
      { cell_type: "markdown", id: newId(), metadata: {}, source: `# ${title}` },
      { cell_type: "code", id: newId(), metadata: {}, source: "", execution_count: null, outputs: [output] },
    ],
  };
}

function tableAsHtml({ columns, rows }: MetricsTable): string {
  const head = columns.map(({ name }) => `<th scope="col">${escaped(name)}</th>`).join("");
  const body = rows.map(
    (row) => `<tr>${row.map((value) => `<td>${escaped(shown(value))}</td>`).join("")}</tr>`,
  );
  return `<table>\n<thead><tr>${head}</tr></thead>\n<tbody>\n${body.join("\n")}\n</tbody>\n</table>`;
}

function shown(value: MetricsTable["rows"][number][number]): string {
  if (value === null) return "";
  return typeof value === "string" ? value : JSON.stringify(value);
}

function escaped(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
