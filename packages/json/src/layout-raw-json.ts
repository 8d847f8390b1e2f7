import type { EncodeStyle } from "./encode-style.ts";
import { createCursor, enter, MAX_DEPTH, skipSpace, takes } from "./json-cursor.ts";
import type { JsonCursor } from "./json-cursor.ts";
import { skipNumber } from "./read-json-number.ts";
import { findStringEnd, QUOTE, readString } from "./read-json-string.ts";
import { expectClose, skipWord } from "./scan-json.ts";
import { findUnsorted } from "./unsorted-objects.ts";
import type { UnsortedObject } from "./unsorted-objects.ts";

/**
 * Lays valid JSON text out anew without building the value: what already
 * stands as it should is copied in long pieces.
 *
 * @param depth - Levels already open around the value.
 * @throws {@link JsonError} `JSON_TOO_DEEP`, and `JSON_INVALID` where the text breaks its promise.
 */
export function layoutRawJson(text: string, depth: number, style: EncodeStyle): string {
  const cursor = createCursor(text, { maxDepth: MAX_DEPTH - depth, maxValues: Infinity });
  const unsorted = style.sortKeys ? findUnsorted(text) : new Map<number, UnsortedObject>();
  const layout: Layout = { cursor, style, unsorted, out: [], start: 0, end: 0 };
  layValue(layout, depth);
  flush(layout);
  return layout.out.join("");
}

interface Layout {
  readonly cursor: JsonCursor;
  readonly style: EncodeStyle;
  readonly unsorted: ReadonlyMap<number, UnsortedObject>;
  readonly out: string[];
  /** The piece of the text that is to be copied next. */
  start: number;
  end: number;
}

function layValue(layout: Layout, depth: number): void {
  const { cursor } = layout;
  skipSpace(cursor);
  const unit = cursor.text.charCodeAt(cursor.at);
  const start = cursor.at;
  if (unit === QUOTE) return layString(layout);
  if (unit === 0x7b) return layObject(layout, depth);
  if (unit === 0x5b) return layArray(layout, depth);
  if (!skipWord(cursor, unit)) skipNumber(cursor);
  copy(layout, start, cursor.at);
}

function layArray(layout: Layout, depth: number): void {
  const { cursor, style } = layout;
  enter(cursor);
  if (takes(cursor, 0x5d)) write(layout, "[]");
  else {
    let before = `[${style.lineBreak(depth + 1)}`;
    const separator = `,${style.lineBreak(depth + 1)}`;
    do {
      write(layout, before);
      layValue(layout, depth + 1);
      before = separator;
    } while (takes(cursor, 0x2c));
    expectClose(cursor, 0x5d);
    write(layout, `${style.lineBreak(depth)}]`);
  }
  cursor.depth -= 1;
}

function layObject(layout: Layout, depth: number): void {
  const { cursor, style } = layout;
  const sorted = layout.unsorted.get(cursor.at);
  enter(cursor);
  if (takes(cursor, 0x7d)) write(layout, "{}");
  else {
    if (sorted) laySorted(layout, sorted, depth);
    else layMembers(layout, depth);
    write(layout, `${style.lineBreak(depth)}}`);
  }
  cursor.depth -= 1;
}

function layMembers(layout: Layout, depth: number): void {
  const { cursor, style } = layout;
  const separator = `,${style.lineBreak(depth + 1)}`;
  let before = `{${style.lineBreak(depth + 1)}`;
  do {
    write(layout, before);
    skipSpace(cursor);
    layString(layout);
    takes(cursor, 0x3a);
    write(layout, style.colon);
    layValue(layout, depth + 1);
    before = separator;
  } while (takes(cursor, 0x2c));
  expectClose(cursor, 0x7d);
}

function laySorted(layout: Layout, { members, end }: UnsortedObject, depth: number): void {
  const { cursor, style } = layout;
  const separator = `,${style.lineBreak(depth + 1)}`;
  let before = `{${style.lineBreak(depth + 1)}`;
  for (const { key = "", start } of members) {
    write(layout, before + style.encodeString(key) + style.colon);
    cursor.at = start;
    layValue(layout, depth + 1);
    before = separator;
  }
  cursor.at = end;
}

function layString(layout: Layout): void {
  const { cursor, style } = layout;
  const start = cursor.at;
  const end = findStringEnd(cursor.text, start);
  const mayStay = end > 0 && !style.escapeNonAscii && !cursor.text.slice(start, end).includes("\\");
  if (mayStay) {
    cursor.at = end;
    copy(layout, start, end);
  } else write(layout, style.encodeString(readString(cursor)));
}

/** Appends a part of the text. */
function copy(layout: Layout, start: number, end: number): void {
  if (start !== layout.end) {
    flush(layout);
    layout.start = start;
  }
  layout.end = end;
}

/** Appends what may happen to stand in the text already. */
function write(layout: Layout, part: string): void {
  if (layout.cursor.text.startsWith(part, layout.end)) layout.end += part.length;
  else {
    flush(layout);
    layout.out.push(part);
    layout.start = layout.end;
  }
}

function flush(layout: Layout): void {
  if (layout.end > layout.start) layout.out.push(layout.cursor.text.slice(layout.start, layout.end));
  layout.start = layout.end;
}
