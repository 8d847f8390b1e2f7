import { isCodedError } from "@notemill/errors";
import { readSource } from "@notemill/executor";
import { exportHtmlChunks, type ExportHtmlOptions } from "@notemill/html-export";
import { openLocation } from "@notemill/storage";
import type { Command, OptionValues, ParsedCommandLine, Terminal } from "../command-line/command.ts";
import { oneLine } from "../progress/one-line.ts";
import { type ExportPath, exportPaths, notebookName } from "./export-paths.ts";

/** `notemill export`: one safe page of a notebook. */
export const exportCommand: Command = {
  name: "export",
  summary: "Write notebooks as static HTML pages that are safe to open",
  description:
    "A page holds text, code, tables, formulas and pictures, and loads nothing. Scripts and widgets in " +
    "outputs do not run in it; where one is left out, a note says so. Cells, code and outputs that the notebook " +
    "hides are not in the page. A page that exists is replaced; a notebook never is.",
  arguments: [
    { name: "NOTEBOOK", help: "Notebooks to export, by path or URL; - is standard input.", many: true },
    {
      name: "OUTPUT",
      help:
        "Where the page goes: a path that ends in .html, a directory that ends in /, or - for standard output. " +
        "Default: beside the notebook, with .html as its ending; " +
        "in the current directory when the notebook comes from a URL.",
      optional: true,
    },
  ],
  options: [
    {
      name: "input",
      flags: ["--input"],
      negatedFlags: ["--no-input"],
      help: "Show the code of cells. On by default.",
    },
    {
      name: "title",
      flags: ["--title"],
      values: ["TEXT"],
      help: "Title of the page. Default: the heading that the notebook begins with.",
    },
    {
      name: "toc",
      flags: ["--toc"],
      negatedFlags: ["--no-toc"],
      help: "Show a table of contents. By default there is one from three headings on.",
    },
    {
      name: "theme",
      flags: ["--theme"],
      values: ["THEME"],
      choices: ["auto", "light", "dark"],
      help: "Colours of the page. Default auto: as the reader's system has them.",
    },
    {
      name: "foldHidden",
      flags: ["--fold-hidden"],
      help: "Fold what the notebook hides, so that readers can open it, instead of leaving it out.",
    },
    {
      name: "maxOutput",
      flags: ["--max-output"],
      values: ["CHARACTERS"],
      type: "integer",
      help: "Longest output that is shown whole. Default: no limit.",
    },
    {
      name: "lang",
      flags: ["--lang"],
      values: ["TAG"],
      help: "Language of the notebook's text, such as de. Default en.",
    },
  ],
  examples: [
    ["notemill export report.ipynb", "write report.html"],
    ["notemill export report.ipynb - --no-input > report.html", "a report without code, to standard output"],
    ["notemill export out/*.ipynb pages/", "a page of each notebook, in the directory pages"],
    [
      "notemill export s3://runs/report.ipynb page.html --title 'Weekly report'",
      "a page of a notebook in a bucket",
    ],
  ],
  run: exportNotebooks,
};

async function exportNotebooks(parsed: ParsedCommandLine, terminal: Terminal): Promise<number> {
  const paths = exportPaths(parsed.arguments);
  const options = exportOptions(parsed.options);
  const { stderr, interrupted: signal } = terminal;
  let failed = 0;
  for (const path of paths) {
    try {
      await exportNotebook(path, { options, terminal, signal });
    } catch (error) {
      const isOfThisOne = isCodedError(error) && error.code !== "EXPORT_OPTION_INVALID" && !signal.aborted;
      if (paths.length === 1 || !isOfThisOne) throw error;
      failed += 1;
      stderr.write(`notemill: ${path.input} is left out: ${oneLine(error.message)} (${error.code})\n`);
    }
  }
  return failed === 0 ? 0 : 1;
}

async function exportNotebook(
  { input, output }: ExportPath,
  settings: {
    readonly options: ExportHtmlOptions;
    readonly terminal: Terminal;
    readonly signal: AbortSignal;
  },
): Promise<void> {
  const { options, terminal, signal } = settings;
  const { stdout, stderr, cwd, env } = terminal;
  const source = openLocation(input, { cwd, env });
  const target = openLocation(output, { cwd, env, stdout });
  await target.checkWritable({ signal });

  let cells = 0;
  const { notebook, warnings } = await readSource(source, { newCellId: () => `unnamed-${++cells}` });
  for (const { code, message } of warnings) stderr.write(`notemill: ${oneLine(message)} (${code})\n`);
  const name = notebookName(input);
  await target.write(exportHtmlChunks(notebook, { ...options, ...(name === undefined ? {} : { name }) }), {
    signal,
  });
  if (output !== "-") stderr.write(`wrote ${target.describe()}\n`);
}

function exportOptions(options: OptionValues): ExportHtmlOptions {
  const title = options.text("title");
  const language = options.text("lang");
  const toc = options.flag("toc");
  const theme = options.text("theme");
  const maxOutputLength = options.number("maxOutput");
  return {
    input: options.flag("input") === false ? "omit" : "show",
    hidden: options.flag("foldHidden") === true ? "fold" : "omit",
    toc: toc === undefined ? "auto" : toc ? "show" : "omit",
    theme: theme === "light" || theme === "dark" ? theme : "auto",
    ...(title === undefined ? {} : { title }),
    ...(language === undefined ? {} : { language }),
    ...(maxOutputLength === undefined ? {} : { maxOutputLength }),
  };
}
