import type { CellPart } from "@notemill/html-export";
import type { Cell, CodeCell, MimeBundle, Output } from "@notemill/nbformat";

/** A cell with a text in it, as the place of its part, and how often the text is there. */
export interface FoundCell {
  readonly place: number;
  readonly count: number;
}

/** Says in which cells a text is, whatever its case. */
export function findCells(
  parts: readonly CellPart[],
  wanted: string,
  { code }: { readonly code: "show" | "hide" },
): readonly FoundCell[] {
  if (wanted === "") return [];
  const pattern = wantedPattern(wanted);
  return parts.flatMap((part, place) => {
    const count = textsOf(part, code).reduce((sum, text) => sum + countOf(text, pattern), 0);
    return count === 0 ? [] : [{ place, count }];
  });
}

/** How often a pattern that goes on where it was is in a text; without the matches, of which there may be millions. */
function countOf(text: string, pattern: RegExp): number {
  let count = 0;
  for (pattern.lastIndex = 0; pattern.test(text);) count += 1;
  return count;
}

/** The cell that has a match, counted over all cells, and which one of its own that is. */
export function cellOfMatch(
  found: readonly FoundCell[],
  at: number,
): { readonly place: number; readonly nth: number } | null {
  let before = 0;
  for (const { place, count } of found) {
    if (at < before + count) return { place, nth: at - before };
    before += count;
  }
  return null;
}

/** A pattern for a text that is taken as it is written, whatever its case. */
export function wantedPattern(wanted: string): RegExp {
  return new RegExp(wanted.replaceAll(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`), "giu");
}

/** What a reader can see of a cell. */
function textsOf({ cell, text, visibility }: CellPart, code: "show" | "hide"): readonly string[] {
  if (cell.cell_type !== "code") return text.trim() === "" ? [] : [cell.source];
  return [
    ...(code === "hide" || visibility.source === "removed" ? [] : [cell.source]),
    ...(visibility.outputs === "removed" ? [] : outputTexts(cell)),
  ];
}

/** To read outputs takes longer than to look through them, and they are looked through with every letter. */
const known = new WeakMap<Cell, readonly string[]>();

function outputTexts(cell: CodeCell): readonly string[] {
  const before = known.get(cell);
  if (before !== undefined) return before;
  const texts = cell.outputs.flatMap(textsOfOutput);
  known.set(cell, texts);
  return texts;
}

function textsOfOutput(output: Output): readonly string[] {
  switch (output.output_type) {
    case "stream":
      return [withoutColours(output.text)];
    case "error":
      return [`${output.ename}: ${output.evalue}`, ...output.traceback.map(withoutColours)];
    case "display_data":
    case "execute_result":
      return textsOfBundle(output.data);
  }
}

/** The text of what is shown of a bundle, which is its richest part. */
function textsOfBundle(data: MimeBundle): readonly string[] {
  const json = ["application/vnd.dataresource+json", "application/json"].find((it) =>
    Object.hasOwn(data, it),
  );
  const value = json === undefined ? undefined : data[json];
  if (typeof value === "object" && "text" in value) return [value.text];
  for (const type of ["text/html", "text/markdown", "text/latex", "text/plain"]) {
    const text = data[type];
    if (typeof text === "string") return [type === "text/html" ? withoutTags(text) : withoutColours(text)];
  }
  return [];
}

function withoutTags(markup: string): string {
  return markup.replaceAll(/<(?:style|script)\b.*?<\/(?:style|script)>|<[^<>]*>/gis, " ");
}

const COLOURS = new RegExp(String.raw`\u001b\[[\d;]*m`, "g");

/** A text without the escape sequences that colour it in a terminal. */
export function withoutColours(text: string): string {
  return text.replaceAll(COLOURS, "");
}
