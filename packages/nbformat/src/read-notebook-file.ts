import { detachString, scanJsonMembers } from "@notemill/json";
import type { JsonMember } from "@notemill/json";
import { detectFileStyle, READ_BEFORE } from "./file-style.ts";
import type { FileStyle } from "./file-style.ts";
import { readNotebook } from "./read-notebook.ts";
import type { ReadNotebookOptions, ReadNotebookResult } from "./read-notebook.ts";

/** A notebook document and how its file is laid out. */
export interface NotebookFile extends ReadNotebookResult {
  readonly layout: NotebookLayout;
}

/** The text of a notebook file in parts, kept so that a save changes only what changed. */
export interface NotebookLayout {
  readonly style: FileStyle;
  /** The members of the file's object in their order; `null` when the file has to be written anew. */
  readonly fields: readonly LayoutField[] | null;
  /** What stands around the cells: one text more than there are cells. */
  readonly cellGaps: readonly string[];
  /** The text of each cell. */
  readonly cellTexts: readonly string[];
  /** What stands behind the last field. */
  readonly tail: string;
}

/** One member of a file's object. */
export interface LayoutField {
  readonly key: string;
  /** What stands between the field before and this one's value. */
  readonly before: string;
  /** The value; empty for `cells`, whose parts are kept apart. */
  readonly text: string;
}

/**
 * Reads the text of an `.ipynb` file that will be edited and saved again.
 *
 * Reads as {@link readNotebook} does, and keeps the layout for
 * {@link createFileEncoder}. A file older than nbformat 4 is written anew.
 *
 * @throws {@link NotebookError} as {@link readNotebook}.
 */
export function readNotebookFile(text: string, options: ReadNotebookOptions): NotebookFile {
  const result = readNotebook(text, options);
  return { ...result, layout: readLayout(text, result) };
}

function readLayout(text: string, { version }: ReadNotebookResult): NotebookLayout {
  const root = scanJsonMembers(text, text.indexOf("{"), READ_BEFORE);
  const cells = root.find(({ key }) => key === "cells");
  const members = cells ? scanJsonMembers(text, cells.start, READ_BEFORE) : [];
  const style = detectFileStyle(text, root, members, version.minor);
  const tail = ownSlice(text, root.at(-1)?.end ?? 0, text.length);
  const isUnique = new Set(root.map(({ key }) => key)).size === root.length;
  if (version.major < 4 || !isUnique || cells === undefined) {
    const jupyterStyle = { ...style, sortKeys: true, idsAreOptional: false };
    return { style: jupyterStyle, fields: null, cellGaps: [], cellTexts: [], tail };
  }
  return {
    style,
    fields: splitFields(text, root),
    cellGaps: splitGaps(text, cells, members),
    cellTexts: members.map(({ start, end }) => ownSlice(text, start, end)),
    tail,
  };
}

function splitFields(text: string, root: readonly JsonMember[]): readonly LayoutField[] {
  return root.map(({ key = "", start, end }, index) => ({
    key,
    before: ownSlice(text, root[index - 1]?.end ?? 0, start),
    text: key === "cells" ? "" : ownSlice(text, start, end),
  }));
}

function splitGaps(text: string, cells: JsonMember, members: readonly JsonMember[]): readonly string[] {
  const starts = [...members.map(({ start }) => start), cells.end];
  return starts.map((start, index) => ownSlice(text, members[index - 1]?.end ?? cells.start, start));
}

/** A part of the text that does not keep the rest of it in memory. */
function ownSlice(text: string, start: number, end: number): string {
  return detachString(text.slice(start, end));
}
