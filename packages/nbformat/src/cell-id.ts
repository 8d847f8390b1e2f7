import type { JsonValue } from "@notemill/json";
import type { CellId } from "./notebook.ts";
import { cellProblem } from "./reading.ts";
import type { Reading } from "./reading.ts";

const VALID_ID = /^[a-zA-Z0-9\-_]{1,64}$/;

/** Tells whether `value` can be the id of a cell: 1 to 64 of `A-Z a-z 0-9 - _`. */
export function isCellId(value: unknown): value is CellId {
  return typeof value === "string" && VALID_ID.test(value);
}

/** Gives the id of a cell, a new one when the file's is missing, malformed or already taken. */
export function readCellId(value: JsonValue | undefined, index: number, reading: Reading): CellId {
  if (isCellId(value) && !reading.usedIds.has(value)) {
    reading.usedIds.add(value);
    return value;
  }
  const id = unusedId(reading);
  if (isCellId(value)) {
    reading.problems.push(
      cellProblem(
        "NOTEBOOK_CELL_ID_DUPLICATE",
        { index, id: value },
        ["cells", index, "id"],
        `the id is taken by an earlier cell; it is now "${id}"`,
      ),
    );
  }
  return id;
}

/** Draws ids until one is free; a source that only repeats itself gets a number appended. */
function unusedId(reading: Reading): CellId {
  let id = reading.newId();
  for (let attempt = 1; reading.usedIds.has(id); attempt++) {
    id = attempt < 100 ? reading.newId() : `${id.slice(0, 48)}-${attempt}`;
  }
  reading.usedIds.add(id);
  reading.newIds.add(id);
  return id;
}
