import { compareCodePoints } from "@notemill/json";
import type { JsonValue } from "@notemill/json";
import { encodeInStyle, lineBreak } from "./file-style.ts";
import type { FileStyle } from "./file-style.ts";
import type { Cell, CellId, Notebook } from "./notebook.ts";
import type { NotebookEncoder } from "./notebook-encoder.ts";
import { CELL_DEPTH, encodeNewCell, patchCell } from "./patch-cell.ts";
import type { WrittenCell } from "./patch-cell.ts";
import { patchJson } from "./patch-json.ts";
import type { LayoutField, NotebookFile, NotebookLayout } from "./read-notebook-file.ts";
import { TRANSIENT_METADATA } from "./transient-metadata.ts";
import { withoutKeys } from "./without-keys.ts";

/**
 * Makes a writer that saves a notebook back to the file it was read from.
 *
 * The text differs from the file's only where the document does: indent, order
 * of keys, escapes, ids that the format does not ask for, and the text of every
 * cell and field that is unchanged stay as they are. Every `encode` starts from
 * the text of the one before.
 */
export function createFileEncoder(file: NotebookFile): NotebookEncoder {
  const { style } = file.layout;
  let written = firstTexts(file);
  let fields = file.layout.fields ?? newFields(file.notebook, style);
  let before = file.notebook;

  const textOf = (cell: Cell): string => {
    const known = written.get(cell.id);
    if (known === undefined) return encodeNewCell(cell, style);
    return known.cell === cell ? known.text : patchCell(known, cell, style);
  };
  const encode = (notebook: Notebook): readonly string[] => {
    const texts = notebook.cells.map(textOf);
    written = new Map(notebook.cells.map((cell, index) => [cell.id, { cell, text: texts[index] ?? "" }]));
    fields = nextFields(fields, before, notebook, style);
    before = notebook;
    return assemble(fields, texts, file.layout);
  };
  return { encode, encodeCell: textOf };
}

/** The text of every cell as the file has it, with the new id where its own could not be used. */
function firstTexts({ notebook, layout, newIds }: NotebookFile): ReadonlyMap<CellId, WrittenCell> {
  const texts = new Map<CellId, WrittenCell>();
  notebook.cells.forEach((cell, index) => {
    const text = layout.cellTexts[index];
    if (text === undefined) return;
    const isRepaired = newIds.has(cell.id) && !layout.style.idsAreOptional;
    const asRead = { cell: { ...cell, id: "" }, text };
    texts.set(cell.id, { cell, text: isRepaired ? patchCell(asRead, cell, layout.style) : text });
  });
  return texts;
}

/** Fields for a file that has to be written anew. */
function newFields(notebook: Notebook, style: FileStyle): readonly LayoutField[] {
  const keys = Object.keys(notebook).sort(compareCodePoints);
  return keys.map((key, index) => newField(notebook, key, index === 0 ? "{" : ",", style));
}

/** Takes over what changed beside the cells. The version of the format stays the file's own. */
function nextFields(
  fields: readonly LayoutField[],
  before: Notebook,
  after: Notebook,
  style: FileStyle,
): readonly LayoutField[] {
  const known = new Set([...fields.map(({ key }) => key), ...KEPT_FIELDS]);
  const isChanged = (key: string): boolean => fieldOf(before, key) !== fieldOf(after, key);
  const kept = fields.map((field) => {
    if (!KEPT_FIELDS.has(field.key) && isChanged(field.key)) {
      return { ...field, text: patchJson(field.text, fieldOf(after, field.key), 1, style) };
    }
    return field;
  });
  const added = Object.keys(after).filter((key) => !known.has(key) && isChanged(key));
  return [...kept, ...added.map((key) => newField(after, key, ",", style))];
}

const KEPT_FIELDS: ReadonlySet<string> = new Set(["cells", "nbformat", "nbformat_minor"]);

function newField(notebook: Notebook, key: string, punctuation: string, style: FileStyle): LayoutField {
  const colon = style.indent === "" ? ":" : ": ";
  return {
    key,
    before: `${punctuation}${lineBreak(1, style)}${encodeInStyle(key, 0, style)}${colon}`,
    text: key === "cells" ? "" : encodeInStyle(fieldOf(notebook, key), 1, style),
  };
}

function assemble(
  fields: readonly LayoutField[],
  texts: readonly string[],
  { style, cellGaps, tail }: NotebookLayout,
): readonly string[] {
  const chunks: string[] = [];
  for (const field of fields) {
    chunks.push(field.before);
    if (field.key === "cells") pushCells(chunks, texts, cellGaps, style);
    else chunks.push(field.text);
  }
  chunks.push(tail);
  return chunks;
}

function pushCells(
  chunks: string[],
  texts: readonly string[],
  gaps: readonly string[],
  style: FileStyle,
): void {
  if (texts.length === 0) {
    // A file without cells has one gap, the brackets and whatever is between them.
    chunks.push((gaps.length === 1 ? gaps[0] : undefined) ?? "[]");
    return;
  }
  const isSameCount = gaps.length === texts.length + 1;
  const hadCells = gaps.length > 1;
  const open = (hadCells ? gaps[0] : undefined) ?? `[${lineBreak(CELL_DEPTH, style)}`;
  const close = (hadCells ? gaps.at(-1) : undefined) ?? `${lineBreak(CELL_DEPTH - 1, style)}]`;
  texts.forEach((text, index) => {
    const gap = isSameCount ? gaps[index] : undefined;
    chunks.push(gap ?? (index === 0 ? open : `,${open.slice(1)}`), text);
  });
  chunks.push(close);
}

function fieldOf(notebook: Notebook, key: string): JsonValue {
  if (key === "metadata") return withoutKeys(notebook.metadata, TRANSIENT_METADATA);
  return (notebook as unknown as Readonly<Record<string, JsonValue>>)[key] ?? null;
}
