import { joinStreams } from "@notemill/html-export";
import { type LineEdit, lineEdits, type MimeBundle, type Output } from "@notemill/nbformat";
import { compareRows, type RowEdit } from "./row-edits.ts";
import { tableRows } from "./table-rows.ts";

/** How one output of a cell differs from the one in its place. */
export type OutputDifference =
  | { readonly kind: "same"; readonly output: Output }
  | { readonly kind: "text"; readonly lines: readonly LineEdit[] }
  | { readonly kind: "table"; readonly head: readonly string[]; readonly rows: readonly RowEdit[] }
  /** Shown beside each other; null where only one of the two is there. */
  | { readonly kind: "shown"; readonly before: Output | null; readonly after: Output | null };

/** Compares the outputs of two cells, one by one. */
export function compareOutputs(
  before: readonly Output[],
  after: readonly Output[],
  render: (outputs: readonly Output[]) => string,
): readonly OutputDifference[] {
  const [left, right] = [joinStreams(before), joinStreams(after)];
  const count = Math.max(left.length, right.length);
  return Array.from({ length: count }, (_, at) => compareOne(left[at], right[at], render));
}

function compareOne(
  before: Output | undefined,
  after: Output | undefined,
  render: (outputs: readonly Output[]) => string,
): OutputDifference {
  if (before !== undefined && after !== undefined) {
    if (keyOf(before) === keyOf(after)) return { kind: "same", output: after };
    const [left, right] = [tableRows(render([before])), tableRows(render([after]))];
    if (left !== null && right !== null)
      return { kind: "table", head: right.head, rows: compareRows(left, right) };
  }
  const [left, right] = [plainText(before), plainText(after)];
  if (left !== null && right !== null)
    return { kind: "text", lines: lineEdits(linesOf(left), linesOf(right)) };
  return { kind: "shown", before: before ?? null, after: after ?? null };
}

/** What an output says as text; the empty text where there is no output, and null where text is not all that it is. */
function plainText(output: Output | undefined): string | null {
  if (output === undefined) return "";
  switch (output.output_type) {
    case "stream":
      return withoutColours(output.text);
    case "error":
      return withoutColours(`${output.ename}: ${output.evalue}\n${output.traceback.join("\n")}`);
    case "display_data":
    case "execute_result": {
      const { "text/plain": plain, ...others } = output.data;
      return typeof plain === "string" && Object.keys(others).length === 0 ? plain : null;
    }
  }
}

// oxlint-disable-next-line no-control-regex -- these are what is looked for
const COLOURS = /\u001B\[[\d;]*m/g;

function withoutColours(text: string): string {
  return text.replaceAll(COLOURS, "");
}

function linesOf(text: string): readonly string[] {
  return text === "" ? [] : text.replace(/\n$/, "").split("\n");
}

/** Outputs with the same key are the same; at which count they came, and their metadata, do not matter. */
function keyOf(output: Output): string {
  switch (output.output_type) {
    case "stream":
      return JSON.stringify(["stream", output.name, output.text]);
    case "error":
      return JSON.stringify(["error", output.ename, output.evalue]);
    case "display_data":
    case "execute_result":
      return JSON.stringify(["data", bundleKey(output.data)]);
  }
}

function bundleKey(data: MimeBundle): readonly (readonly [string, string])[] {
  return Object.entries(data)
    .map(([type, value]) => [type, typeof value === "string" ? value : value.text] as const)
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
}
