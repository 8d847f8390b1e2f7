import { JsonNumber, type JsonValue } from "@notemill/json";
import { cellText, type MetricsColumn, type MetricsTable } from "@notemill/scraps";
import { textTable, type TextTableOptions } from "../text-table.ts";

/** Longest text in the table for people, in characters. */
const LONGEST_TEXT = 60;

/** The table for people: numbers to the right and shortened, columns that never change left out. */
export function tableAsText({ columns, rows }: MetricsTable, options: TextTableOptions = {}): string {
  const isShown = columns.map(
    ({ kind }, at) =>
      kind !== "parameter" ||
      rows.length < 2 ||
      rows.some((row) => cellText(row[at]) !== cellText(rows[0]?.[at])),
  );
  const pick = <T>(all: readonly T[]): T[] => all.filter((_value, at) => isShown[at]);
  const isNumeric = columns.map((_column, at) =>
    rows.every((row) => row[at] === null || typeof row[at] === "number" || row[at] instanceof JsonNumber),
  );
  return textTable(
    pick(
      columns.map(({ name, kind }, at) => ({
        title: kind === "duration" ? "seconds" : clipped(name),
        align: isNumeric[at] ? ("right" as const) : ("left" as const),
        ...(kind === "notebook" ? { cut: "start" as const } : {}),
      })),
    ),
    rows.map((row) =>
      pick(
        row.map((value, at) => (isNumeric[at] ? short(value, columns[at]?.kind) : clipped(cellText(value)))),
      ),
    ),
    options,
  );
}

/** Long text, such as a message, would push everything else off the screen. */
function clipped(text: string): string {
  const line = text.replaceAll(/\s+/g, " ");
  return line.length > LONGEST_TEXT ? `${line.slice(0, LONGEST_TEXT - 1)}…` : line;
}

/** At most six digits, as a person reads them, and two decimals of a duration. */
function short(value: JsonValue | undefined, kind: MetricsColumn["kind"] | undefined): string {
  const number = value instanceof JsonNumber ? value.toNumber() : value;
  if (typeof number === "number" && kind === "duration") return number.toFixed(2);
  if (typeof number !== "number" || Number.isInteger(number)) return cellText(value);
  return String(Number(number.toPrecision(6)));
}
