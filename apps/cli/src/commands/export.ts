import { basename } from "node:path";
import { readSource } from "@notemill/executor";
import { exportHtmlChunks, type ExportHtmlOptions } from "@notemill/html-export";
import { openLocation } from "@notemill/storage";
import type { Command, OptionValues, ParsedCommandLine, Terminal } from "../command-line/command.ts";
import { oneLine } from "../progress/one-line.ts";
import { UsageError } from "../command-line/usage-error.ts";

/** `notemill export`: one safe page of a notebook. */
export const exportCommand: Command = {
  name: "export",
  summary: "Write a notebook as one static HTML page that is safe to open",
  description:
    "The page holds text, code, tables, formulas and pictures, and loads nothing. Scripts and widgets in " +
    "outputs do not run in it; where one is left out, a note says so. Cells, code and outputs that the notebook " +
    "hides are not in the page. A file that exists is replaced.",
  arguments: [
    { name: "NOTEBOOK", help: "Notebook to export, by path or URL; - is standard input." },
    {
      name: "OUTPUT",
      help:
        "Where the page goes; - is standard output. Default: beside the notebook, with .html as its ending; " +
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
    [
      "notemill export s3://runs/report.ipynb page.html --title 'Weekly report'",
      "a page of a notebook in a bucket",
    ],
  ],
  run: exportNotebook,
};

async function exportNotebook(parsed: ParsedCommandLine, terminal: Terminal): Promise<number> {
  const { stdout, stderr, cwd, env, interrupted: signal } = terminal;
  const [input = "", output = pageFor(input)] = parsed.arguments;
  if (input === output && input !== "-") {
    throw new UsageError(`"${output}" is the notebook itself; name another OUTPUT`);
  }
  const source = openLocation(input, { cwd, env });
  const target = openLocation(output, { cwd, env, stdout });
  await target.checkWritable({ signal });

  let cells = 0;
  const { notebook, warnings } = await readSource(source, { newCellId: () => `unnamed-${++cells}` });
  for (const { code, message } of warnings) stderr.write(`notemill: ${oneLine(message)} (${code})\n`);
  const name = input === "-" ? {} : { name: nameOf(input) };
  await target.write(exportHtmlChunks(notebook, { ...exportOptions(parsed.options), ...name }), { signal });
  if (output !== "-") stderr.write(`wrote ${target.describe()}\n`);
  return 0;
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

/** Where the page of a notebook goes when nothing is said about it. */
function pageFor(input: string): string {
  if (input === "-") return "-";
  const page = `${nameOf(input).replace(/\.(?:ipynb|json)$/i, "") || "notebook"}.html`;
  return isUrl(input) ? page : `${input.slice(0, input.length - basename(input).length)}${page}`;
}

/** The file name of a notebook, without what belongs to its address. */
function nameOf(input: string): string {
  const url = isUrl(input) ? URL.parse(input) : null;
  return url ? basename(decodedPath(url)) || url.host : basename(input);
}

function decodedPath({ pathname }: URL): string {
  try {
    return decodeURIComponent(pathname);
  } catch {
    return pathname;
  }
}

function isUrl(input: string): boolean {
  return /^[a-z][a-z0-9+.-]*:\/\//i.test(input);
}
