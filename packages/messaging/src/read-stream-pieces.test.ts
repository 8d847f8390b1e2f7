import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readStreamPieces } from "./read-stream-pieces.ts";
import { encodeUtf8 } from "./text-codec.ts";

/** The pieces of a content, given as text. */
function piecesOf(content: string, pieceBytes = 16): readonly { name: string; text: string }[] {
  return [...readStreamPieces(encodeUtf8(content), pieceBytes)];
}

/** Writes text with every character above ASCII as an escape, as Python's `json.dumps` does by default. */
function escaped(text: string): string {
  return JSON.stringify(text).replace(
    /[\u0080-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

describe("readStreamPieces", () => {
  it.each([
    ["as it is", JSON.stringify],
    ["escaped", escaped],
  ])("gives the whole text, %s, in whole characters", (_how, quote) => {
    fc.assert(
      fc.property(
        fc.string({ unit: "grapheme", maxLength: 200 }),
        fc.integer({ min: 16, max: 40 }),
        (text, size) => {
          const pieces = piecesOf(`{"name": "stderr", "text": ${quote(text)}}`, size);
          expect(pieces.map((piece) => piece.text).join("")).toBe(text);
          for (const piece of pieces) {
            expect(piece.name).toBe("stderr");
            expect(piece.text.isWellFormed()).toBe(true);
          }
        },
      ),
    );
  });

  it("makes several pieces of long text", () => {
    expect(piecesOf(`{"name":"stdout","text":"${"abcdefgh".repeat(4)}"}`).length).toBe(2);
  });

  it.each([
    ["the name behind the text", '{"text": "a\\"b", "name": "stderr"}', { name: "stderr", text: 'a"b' }],
    ["other keys", '{"text": "a", "name": "stdout", "other": {"text": "x"}}', { name: "stdout", text: "a" }],
    [
      "an unusual layout",
      '{"other": 1, "name": "stderr", "text": ["a", "b"]}',
      { name: "stderr", text: "ab" },
    ],
  ])("reads content with %s", (_what, content, expected) => {
    expect(piecesOf(content)).toEqual([expected]);
  });

  it("says that content is not JSON", () => {
    expect(() => piecesOf('{"name":"stdout","text":"a')).toThrow(SyntaxError);
    expect(() => piecesOf('{"name":"stdout","text":"a\\x"}')).toThrow(SyntaxError);
  });
});
