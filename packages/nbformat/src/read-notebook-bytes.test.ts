import { describe, expect, it } from "vitest";
import { decodeNotebookBytes, readNotebookBytes } from "./read-notebook-bytes.ts";

const EMPTY = '{"nbformat":4,"nbformat_minor":5,"metadata":{},"cells":[]}';

function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

describe("readNotebookBytes", () => {
  it.each([
    ["UTF-8", bytesOf(EMPTY)],
    ["UTF-8 with a byte order mark", Uint8Array.from([0xef, 0xbb, 0xbf, ...bytesOf(EMPTY)])],
  ])("reads %s", (_what, bytes) => {
    const { notebook } = readNotebookBytes(bytes, { newId: () => "new" });
    expect(notebook).toEqual({ nbformat: 4, nbformat_minor: 5, metadata: {}, cells: [] });
  });

  it.each([
    ["UTF-16", [0xff, 0xfe, 0x7b, 0x00], "not a notebook: it looks like UTF-16 text, save it as UTF-8", 0],
    [
      "big-endian UTF-16",
      [0xfe, 0xff, 0x00, 0x7b],
      "not a notebook: it looks like UTF-16 text, save it as UTF-8",
      0,
    ],
    [
      "UTF-16 without a mark",
      [0x7b, 0x00, 0x22, 0x00],
      "not a notebook: it looks like UTF-16 text, save it as UTF-8",
      0,
    ],
    ["gzip", [0x1f, 0x8b, 0x08, 0x00], "not a notebook: it looks like a gzip file, unpack it first", 0],
    [
      "Latin-1",
      [0x7b, 0x22, 0xe9, 0x22],
      "not a notebook: byte 2 (0xe9) is not UTF-8; save the file as UTF-8",
      2,
    ],
    [
      "a cut-off character",
      [0x7b, 0xe2, 0x82],
      "not a notebook: byte 1 (0xe2) is not UTF-8; save the file as UTF-8",
      1,
    ],
  ])("refuses %s", (_what, bytes, message, offset) => {
    expect(() => readNotebookBytes(Uint8Array.from(bytes), { newId: () => "new" })).toThrow(
      expect.objectContaining({ code: "NOTEBOOK_NOT_TEXT", message, details: { offset } }),
    );
  });

  it("refuses more bytes than a string can hold", () => {
    const bytes = { length: 0x1fffffe9 } as Uint8Array;
    expect(() => decodeNotebookBytes(bytes)).toThrow(expect.objectContaining({ code: "NOTEBOOK_TOO_LARGE" }));
  });
});
