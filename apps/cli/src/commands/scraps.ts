import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { isCodedError } from "@notemill/errors";
import { readSource } from "@notemill/executor";
import { type MetricsRow, metricsRow, metricsTable } from "@notemill/scraps";
import { openLocation } from "@notemill/storage";
import type { Command, ParsedCommandLine, Terminal } from "../command-line/command.ts";
import { oneLine } from "../progress/one-line.ts";
import { TABLE_OPTIONS, writeTable } from "../metrics-table/write-table.ts";

/** `notemill scraps`: what many notebooks measured, as one table. */
export const scrapsCommand: Command = {
  name: "scraps",
  summary: "Show what output notebooks recorded, as one table",
  description:
    "One row for each notebook: its parameters, how the run ended, and every number it recorded with " +
    "notemill.glue, scrapbook's glue or papermill's old record.",
  arguments: [
    { name: "NOTEBOOK_OR_DIRECTORY", help: "Notebooks, by path or URL, or directories of them.", many: true },
  ],
  options: TABLE_OPTIONS,
  examples: [
    ["notemill scraps out/", "a table of every notebook in out/"],
    ["notemill scraps out/*.ipynb --format csv --output metrics.csv", "the same as a CSV file"],
  ],
  run: scraps,
};

async function scraps(parsed: ParsedCommandLine, terminal: Terminal): Promise<number> {
  const { stderr } = terminal;
  const given = parsed.arguments.length > 0 ? parsed.arguments : ["."];
  const paths = (await Promise.all(given.map(notebooksAt))).flat();
  const rows: MetricsRow[] = [];
  let unreadable = 0;
  for (const path of paths) {
    try {
      const { notebook } = await readSource(openLocation(path));
      rows.push(metricsRow(path, notebook));
    } catch (error) {
      if (!isCodedError(error)) throw error;
      unreadable += 1;
      const why =
        error.code === "STORAGE_NOT_FOUND" && !path.includes("://")
          ? "there is no such notebook or directory"
          : oneLine(error.message);
      stderr.write(`notemill: ${path} is left out: ${why} (${error.code})\n`);
    }
  }
  if (rows.length === 0) {
    if (unreadable > 0) return 1;
    stderr.write("notemill: no notebooks were found; name notebooks or a directory that holds some\n");
    return 1;
  }
  await writeTable("Metrics", metricsTable(rows), parsed.options, terminal);
  return unreadable === 0 ? 0 : 1;
}

/** The notebooks of a directory, sorted by name; anything else stands for itself. */
async function notebooksAt(path: string): Promise<readonly string[]> {
  const isDirectory = await stat(path).then(
    (it) => it.isDirectory(),
    () => false,
  );
  if (!isDirectory) return [path];
  const names = await readdir(path);
  return names
    .filter((name) => name.endsWith(".ipynb"))
    .sort()
    .map((name) => join(path, name));
}
