import { encodeJson, type JsonValue, storableValue } from "@notemill/json";
import type { MetricsTable } from "./metrics-table.ts";

/** RFC 4180 text with `\r\n`; nested values as JSON, missing ones empty, numbers in full. */
export function tableAsCsv({ columns, rows }: MetricsTable): string {
  const lines = [columns.map(({ name }) => name), ...rows.map((row) => row.map(cellText))];
  return lines.map((line) => `${line.map(quoted).join(",")}\r\n`).join("");
}

/** A JSON array with one object a run, numbers as they were. */
export function tableAsJson({ columns, rows }: MetricsTable): string {
  const objects = rows.map((row) =>
    Object.fromEntries(columns.map(({ name }, at) => [name, row[at] ?? null])),
  );
  return `${encodeJson(storableValue(objects), { indent: 2 })}\n`;
}

/** A value as text without quotes; empty where there is none. */
export function cellText(value: JsonValue | undefined): string {
  if (value === null || value === undefined) return "";
  return typeof value === "string" ? value : encodeJson(value);
}

function quoted(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
