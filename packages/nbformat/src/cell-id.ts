import type { JsonValue } from "@notemill/json";
import type { CellId } from "./notebook.ts";

/** Where ids of cells come from while one notebook is read. */
export interface IdSource {
  readonly newId: () => CellId;
  readonly usedIds: Set<CellId>;
  /** Ids that are not in the file. */
  readonly newIds: Set<CellId>;
}

const VALID_ID = /^[a-zA-Z0-9\-_]{1,64}$/;

/** Tells whether `value` can be the id of a cell: 1 to 64 of `A-Z a-z 0-9 - _`. */
export function isCellId(value: unknown): value is CellId {
  return typeof value === "string" && VALID_ID.test(value);
}

/** Gives the id of a cell, a new one when the file's is missing, malformed or already taken. */
export function readCellId(value: JsonValue | undefined, ids: IdSource): CellId {
  const id = isCellId(value) && !ids.usedIds.has(value) ? value : unusedId(ids);
  ids.usedIds.add(id);
  return id;
}

/** Draws ids until one is free; a source that only repeats itself gets a number appended. */
function unusedId(ids: IdSource): CellId {
  let id = ids.newId();
  for (let attempt = 1; ids.usedIds.has(id); attempt++) {
    id = attempt < 100 ? ids.newId() : `${id.slice(0, 48)}-${attempt}`;
  }
  ids.newIds.add(id);
  return id;
}
