import { compareCodePoints } from "./compare-code-points.ts";
import { createCursor, enter, MAX_DEPTH, skipSpace, takes } from "./json-cursor.ts";
import type { JsonCursor } from "./json-cursor.ts";
import { expectClose, readKey, skipValue } from "./scan-json.ts";
import type { JsonMember } from "./scan-json.ts";

/** An object whose keys are not in order in the text. */
export interface UnsortedObject {
  /** In the order of their keys; of a repeated key only the last. */
  readonly members: readonly JsonMember[];
  /** Offset behind the object's last character. */
  readonly end: number;
}

/** Finds the objects in JSON text whose keys are not sorted by code point, by the offsets where they start. */
export function findUnsorted(text: string): ReadonlyMap<number, UnsortedObject> {
  const found = new Map<number, UnsortedObject>();
  search(createCursor(text, { maxDepth: MAX_DEPTH, maxValues: Infinity }), found);
  return found;
}

function search(cursor: JsonCursor, found: Map<number, UnsortedObject>): void {
  skipSpace(cursor);
  const unit = cursor.text.charCodeAt(cursor.at);
  if (unit === 0x7b) searchObject(cursor, found);
  else if (unit === 0x5b) searchArray(cursor, found);
  else skipValue(cursor);
}

function searchArray(cursor: JsonCursor, found: Map<number, UnsortedObject>): void {
  enter(cursor);
  if (!takes(cursor, 0x5d)) {
    do search(cursor, found);
    while (takes(cursor, 0x2c));
    expectClose(cursor, 0x5d);
  }
  cursor.depth -= 1;
}

function searchObject(cursor: JsonCursor, found: Map<number, UnsortedObject>): void {
  const start = cursor.at;
  const members: JsonMember[] = [];
  let isSorted = true;
  enter(cursor);
  if (!takes(cursor, 0x7d)) {
    do {
      const key = readKey(cursor);
      const before = members.at(-1)?.key;
      isSorted &&= before === undefined || compareCodePoints(before, key) < 0;
      skipSpace(cursor);
      const valueStart = cursor.at;
      search(cursor, found);
      members.push({ key, start: valueStart, end: cursor.at });
    } while (takes(cursor, 0x2c));
    expectClose(cursor, 0x7d);
  }
  cursor.depth -= 1;
  if (!isSorted) found.set(start, { members: sorted(members), end: cursor.at });
}

function sorted(members: readonly JsonMember[]): readonly JsonMember[] {
  const last = new Map(members.map((member) => [member.key ?? "", member]));
  return [...last.values()].sort((a, b) => compareCodePoints(a.key ?? "", b.key ?? ""));
}
