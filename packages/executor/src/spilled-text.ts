import { encodeJson, isJsonObject, type JsonValue, RawJson } from "@notemill/json";
import type { Output } from "@notemill/nbformat";
import { textPieces } from "./text-pieces.ts";

/** Length of a piece in UTF-16 units. */
const PIECE_LENGTH = 1 << 20;

/**
 * What is spilled of an output: the text of a stream, or a line of JSON.
 *
 * It comes in pieces, because one output may be as long as a message can be,
 * and its JSON would be in memory several times over.
 */
export function* spilledText(output: Output): Generator<string, void, void> {
  if (output.output_type === "stream") return yield* textPieces(output.text, PIECE_LENGTH);
  yield* jsonPieces(output as unknown as JsonValue);
  yield "\n";
}

function* jsonPieces(value: JsonValue): Generator<string, void, void> {
  if (value instanceof RawJson) return yield* textPieces(value.text, PIECE_LENGTH);
  if (typeof value === "string" && value.length > PIECE_LENGTH) return yield* stringPieces(value);
  if (!isJsonObject(value)) return yield encodeJson(value);
  let before = "{";
  for (const [key, item] of Object.entries(value)) {
    if (item === undefined) continue;
    yield `${before}${encodeJson(key)}:`;
    yield* jsonPieces(item);
    before = ",";
  }
  yield before === "{" ? "{}" : "}";
}

function* stringPieces(text: string): Generator<string, void, void> {
  yield '"';
  for (const piece of textPieces(text, PIECE_LENGTH)) yield encodeJson(piece).slice(1, -1);
  yield '"';
}
