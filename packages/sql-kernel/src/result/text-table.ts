import type { ResultHead } from "../database/read-result.ts";
import { cutText } from "./cut-text.ts";
import { isNumeric } from "./is-numeric.ts";
import { rowCountText } from "./row-count-text.ts";
import { valueText } from "./value-text.ts";

/** Writes a result as a table of plain text, each row on one line. */
export function textTable(head: ResultHead): string {
  const { columns, rows } = head;
  const lines = [
    columns.map(({ title }) => oneLine(title)),
    ...rows.map((row) =>
      columns.map(({ type }, index) => oneLine(cutText(valueText(row[index] ?? null, type)))),
    ),
  ];
  const widths = columns.map((_column, index) =>
    lines.reduce((width, line) => Math.max(width, line[index]?.length ?? 0), 0),
  );
  const [titles = "", ...texts] = lines.map((line) =>
    line
      .map((text, index) => {
        const width = widths[index] ?? 0;
        const type = columns[index]?.type;
        return type && isNumeric(type) ? text.padStart(width) : text.padEnd(width);
      })
      .join("  ")
      .trimEnd(),
  );
  const rule = widths.map((width) => "─".repeat(width)).join("  ");
  return [titles, rule, ...texts, `(${rowCountText(head, rows.length)})`].join("\n");
}

/** Shows control characters as the escapes of a string. */
function oneLine(text: string): string {
  // oxlint-disable-next-line no-control-regex -- they are what this is about
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g, (character) => {
    const short = { "\n": "\\n", "\r": "\\r", "\t": "\\t" }[character];
    return short ?? `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
  });
}
