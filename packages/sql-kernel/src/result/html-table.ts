import type { ResultHead } from "../database/read-result.ts";
import { cutText } from "./cut-text.ts";
import { rowCountText } from "./row-count-text.ts";
import { isNumeric } from "./is-numeric.ts";
import { valueText } from "./value-text.ts";

/** Writes a result as a table of HTML. */
export function htmlTable(head: ResultHead): string {
  const { columns, rows } = head;
  const titles = columns.map(
    ({ title, type }) => `<th title="${escape(cutText(String(type)))}">${escape(title)}</th>`,
  );
  const lines = rows.map((row) => {
    const cells = columns.map(({ type }, index) => {
      const value = row[index] ?? null;
      if (value === null) return "<td><em>NULL</em></td>";
      const align = isNumeric(type) ? ' style="text-align: right"' : "";
      return `<td${align}>${escape(cutText(valueText(value, type)))}</td>`;
    });
    return `<tr>${cells.join("")}</tr>`;
  });
  return [
    "<table>",
    `<thead><tr>${titles.join("")}</tr></thead>`,
    "<tbody>",
    ...lines,
    "</tbody>",
    "</table>",
    `<p>${rowCountText(head, rows.length)}</p>`,
  ].join("\n");
}

function escape(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
