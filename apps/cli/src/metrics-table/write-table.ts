import { encodeNotebook } from "@notemill/nbformat";
import { type MetricsTable, tableAsCsv, tableAsJson, tableAsNotebook } from "@notemill/scraps";
import { openLocation } from "@notemill/storage";
import type { OptionDefinition, OptionValues, Terminal } from "../command-line/command.ts";
import { UsageError } from "../command-line/usage-error.ts";
import { tableWidth } from "../progress/terminal-columns.ts";
import { tableAsText } from "./format-table.ts";

const FORMATS = ["table", "csv", "json", "parquet", "notebook"] as const;

/** Which form a table takes. */
type TableFormat = (typeof FORMATS)[number];

/** The options that choose form and place of a table. */
export const TABLE_OPTIONS: readonly OptionDefinition[] = [
  {
    name: "format",
    flags: ["--format"],
    values: ["FORMAT"],
    choices: FORMATS,
    help: "table, csv, json, parquet or notebook. Default: what the name of --output says, else table.",
  },
  {
    name: "output",
    flags: ["--output", "-o"],
    values: ["PATH"],
    help: "Write the table to this path or URL. Default: standard output.",
  },
];

const BY_EXTENSION: readonly (readonly [string, TableFormat])[] = [
  [".csv", "csv"],
  [".json", "json"],
  [".parquet", "parquet"],
  [".ipynb", "notebook"],
];

/** Writes a table in the form and to the place that the options name. */
export async function writeTable(
  title: string,
  table: MetricsTable,
  options: OptionValues,
  { stdout, stderr }: Terminal,
): Promise<void> {
  const path = options.text("output");
  const format = formatOf(options.text("format"), path);
  if (format === "parquet" && path === undefined && stdout.isTTY) {
    throw new UsageError("parquet is not for a terminal; name a file with --output");
  }
  const width = path === undefined ? tableWidth(stdout) : undefined;
  const content = await render(title, table, format, width);
  await openLocation(path ?? "-").write([content]);
  if (path !== undefined && path !== "-") stderr.write(`wrote ${path}\n`);
}

/** Checks the options before any work is done. @throws {@link UsageError} */
function formatOf(given: string | undefined, path: string | undefined): TableFormat {
  const named = FORMATS.find((format) => format === given);
  return named ?? BY_EXTENSION.find(([extension]) => path?.endsWith(extension) === true)?.[1] ?? "table";
}

async function render(
  title: string,
  table: MetricsTable,
  format: TableFormat,
  width: number | undefined,
): Promise<string | Uint8Array> {
  switch (format) {
    case "csv":
      return tableAsCsv(table);
    case "json":
      return tableAsJson(table);
    case "parquet":
      return (await import("./table-parquet.ts")).tableAsParquet(table);
    case "notebook":
      return encodeNotebook(
        tableAsNotebook(title, table, {
          newId: () => crypto.randomUUID().slice(0, 8),
          text: tableAsText(table),
        }),
      );
    case "table":
      return `${tableAsText(table, { width })}\n`;
  }
}
