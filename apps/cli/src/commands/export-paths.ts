import { basename } from "node:path";
import { UsageError } from "../command-line/usage-error.ts";

/** A notebook and the page that it becomes. */
export interface ExportPath {
  readonly input: string;
  readonly output: string;
}

/**
 * Tells the notebooks of a command line from the page or directory behind them.
 *
 * Only what looks like one is taken for a page, so that no notebook is written over.
 *
 * @throws {@link UsageError}
 */
export function exportPaths(paths: readonly string[]): readonly ExportPath[] {
  const last = paths.at(-1);
  if (last === undefined) throw new UsageError("missing argument NOTEBOOK");
  const output = paths.length > 1 && /^-$|\.html?$|\/$/i.test(last) ? last : undefined;
  const inputs = output === undefined ? paths : paths.slice(0, -1);
  const odd = inputs.slice(1).find((path) => !NOTEBOOK_NAME.test(nameOf(path)));
  if (odd !== undefined) {
    throw new UsageError(
      `"${odd}" looks neither like a notebook (.ipynb) nor like a page (.html, or pages/)`,
    );
  }
  if (output !== undefined && !output.endsWith("/") && inputs.length > 1) {
    throw new UsageError(`"${output}" can be one page, not ${inputs.length}; name a directory: pages/`);
  }
  const planned = inputs.map((input) => ({ input, output: outputOf(input, output) }));
  checkDifferent(planned.map((it) => it.output));
  return planned;
}

/** The file name of a notebook, without what belongs to its address; `undefined` for standard input. */
export function notebookName(input: string): string | undefined {
  return input === "-" ? undefined : nameOf(input);
}

const NOTEBOOK_NAME = /\.(?:ipynb|json)$/i;

function outputOf(input: string, output: string | undefined): string {
  if (output !== undefined) return output.endsWith("/") ? `${output}${pageName(input)}` : output;
  if (input === "-") return "-";
  return isUrl(input)
    ? pageName(input)
    : `${input.slice(0, input.length - basename(input).length)}${pageName(input)}`;
}

function pageName(input: string): string {
  return `${(notebookName(input) ?? "").replace(NOTEBOOK_NAME, "") || "notebook"}.html`;
}

function checkDifferent(outputs: readonly string[]): void {
  const twice = outputs.find((output, index) => outputs.indexOf(output) < index);
  if (twice !== undefined) throw new UsageError(`two notebooks would become "${twice}"`);
}

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
