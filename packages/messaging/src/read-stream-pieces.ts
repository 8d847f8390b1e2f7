import { asObject, asText } from "./read-value.ts";
import type { StreamContent } from "./message-content.ts";
import { decodeUtf8 } from "./text-codec.ts";

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** What stands before the text, in the order in which kernels write it. */
const BEFORE_TEXT = /^\s*\{(?:\s*"name"\s*:\s*"[a-z]*"\s*,)?\s*"text"\s*:\s*"/;

/** How far {@link BEFORE_TEXT} is looked for. */
const HEAD_BYTES = 200;

/**
 * Reads the content of a `stream` message as several contents with a part of the text each.
 *
 * No piece ends inside of a character. Content in an unusual layout comes in one piece.
 *
 * @throws `SyntaxError` when the content is not JSON; pieces may have come before.
 */
export function* readStreamPieces(
  content: Uint8Array,
  pieceBytes = 1 << 20,
): Generator<StreamContent, void, void> {
  const span = findText(content);
  if (span === null) {
    yield readWhole(decodeUtf8(content));
    return;
  }
  const { name } = readWhole(
    decodeUtf8(content.subarray(0, span.start)) + decodeUtf8(content.subarray(span.end)),
  );
  let held = "";
  for (let at = span.start; at < span.end;) {
    const end = cut(content, at, Math.min(at + pieceBytes, span.end), span.end);
    const text = held + (JSON.parse(`"${decodeUtf8(content.subarray(at, end))}"`) as string);
    // Half of a pair waits for the other half.
    held = end < span.end && isHighSurrogate(text.charCodeAt(text.length - 1)) ? text.slice(-1) : "";
    yield { name, text: held === "" ? text : text.slice(0, -1) };
    at = end;
  }
}

function readWhole(text: string): StreamContent {
  const content = asObject(JSON.parse(text));
  return { name: asText(content["name"]) || "stdout", text: asText(content["text"]) };
}

/** Where the text begins and ends, without its quotes. */
function findText(content: Uint8Array): { readonly start: number; readonly end: number } | null {
  const start = BEFORE_TEXT.exec(decodeUtf8(content.subarray(0, HEAD_BYTES)))?.[0].length;
  if (start === undefined) return null;
  let end = content.indexOf(QUOTE, start);
  while (end >= 0 && backslashesBefore(content, end) % 2 === 1) end = content.indexOf(QUOTE, end + 1);
  return end < 0 ? null : { start, end };
}

/** Moves an end back to where neither a character nor an escape is cut in two. */
function cut(content: Uint8Array, start: number, wanted: number, last: number): number {
  if (wanted === last) return last;
  let end = wanted;
  while (end > start + 1 && ((content[end] ?? 0) & 0xc0) === 0x80) end -= 1;
  for (let at = end - 1; at > start && at > end - 6; at--) {
    if (content[at] !== BACKSLASH || backslashesBefore(content, at) % 2 === 1) continue;
    const length = content[at + 1] === 0x75 ? 6 : 2;
    return at + length > end ? at : end;
  }
  return end;
}

function backslashesBefore(content: Uint8Array, at: number): number {
  let count = 0;
  while (content[at - 1 - count] === BACKSLASH) count += 1;
  return count;
}

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff;
}
