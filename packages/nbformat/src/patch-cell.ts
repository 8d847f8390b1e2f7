import { scanJsonMembers } from "@notemill/json";
import type { JsonObject, JsonValue } from "@notemill/json";
import { cellToJson, outputToJson } from "./cell-to-json.ts";
import { encodeInStyle, READ_BEFORE } from "./file-style.ts";
import type { FileStyle } from "./file-style.ts";
import type { Cell, Output } from "./notebook.ts";
import { patchItems, patchJson, patchObject } from "./patch-json.ts";
import type { WriteMember } from "./patch-json.ts";

/** A cell and its text in a file. */
export interface WrittenCell {
  readonly cell: Cell;
  readonly text: string;
}

/** Levels around a cell: the notebook and its list of cells. */
export const CELL_DEPTH = 2;

/** Rewrites the text of a cell for its next version, and keeps the text of every field that is the same. */
export function patchCell(before: WrittenCell, after: Cell, style: FileStyle): string {
  const members = scanJsonMembers(before.text, 0, READ_BEFORE);
  const writers = new Map<string, WriteMember>();
  for (const { key = "" } of members) {
    // What reading left out of the cell is nobody's to remove.
    if (!Object.hasOwn(before.cell, key)) writers.set(key, (old = "null") => old);
  }
  const hasId = members.some(({ key }) => key === "id");
  for (const [key, value] of Object.entries(fieldsOf(after))) {
    if (key === "id" && !hasId && style.idsAreOptional) continue;
    const isSame = fieldOf(before.cell, key) === fieldOf(after, key);
    writers.set(key, (old) => {
      if (old !== undefined && isSame) return old;
      if (key === "outputs") return patchOutputs(before.cell, after, old ?? "[]", style);
      if (old === undefined) return encodeInStyle(value, CELL_DEPTH + 1, style);
      const isOneString = key === "source" && old.startsWith('"');
      return patchJson(old, isOneString ? after.source : value, CELL_DEPTH + 1, style);
    });
  }
  return patchObject(before.text, writers, CELL_DEPTH, style);
}

/** Writes a cell that the file did not have before. */
export function encodeNewCell(cell: Cell, style: FileStyle): string {
  const { id, ...fields } = cellToJson(cell);
  const json: JsonObject = style.idsAreOptional ? fields : { id: id ?? null, ...fields };
  const order = style.cellKeys.filter((key) => Object.hasOwn(json, key));
  const ordered = Object.fromEntries([...order, ...Object.keys(json)].map((key) => [key, json[key] ?? null]));
  return encodeInStyle(ordered, CELL_DEPTH, style);
}

/** Gives the fields their form in a file, but for the outputs, which are patched one by one. */
function fieldsOf(cell: Cell): JsonObject {
  return cellToJson(cell.cell_type === "code" ? { ...cell, outputs: [] } : cell);
}

/** Keeps the text of outputs that are the same objects as before. */
function patchOutputs(before: Cell, after: Cell, text: string, style: FileStyle): string {
  const list = text.startsWith("[") ? text : "[]";
  const members = scanJsonMembers(list, 0, READ_BEFORE);
  const known = new Map<Output, string>();
  outputsOf(before).forEach((output, index) => {
    const member = members[index];
    if (member) known.set(output, list.slice(member.start, member.end));
  });
  const items = outputsOf(after).map(
    (output) => known.get(output) ?? encodeInStyle(outputToJson(output), CELL_DEPTH + 2, style),
  );
  return patchItems(list, items, CELL_DEPTH + 1, style);
}

function outputsOf(cell: Cell): readonly Output[] {
  return cell.cell_type === "code" ? cell.outputs : [];
}

function fieldOf(cell: Cell, key: string): unknown {
  return (cell as unknown as Readonly<Record<string, JsonValue>>)[key];
}
