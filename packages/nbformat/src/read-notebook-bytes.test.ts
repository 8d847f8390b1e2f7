import { describe, expect, it } from "vitest";
import { decodeNotebookBytes, readNotebookBytes, readNotebookBytesInSteps } from "./read-notebook-bytes.ts";

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

describe("readNotebookBytesInSteps", () => {
  const inSteps = (bytes: Uint8Array): { readonly steps: number; readonly notebook: unknown } => {
    let count = 0;
    const reading = readNotebookBytesInSteps(bytes, { newId: () => `n${(count += 1)}` });
    for (let steps = 0; ; steps++) {
      const { done, value } = reading.next();
      if (done === true) return { steps, notebook: value };
    }
  };
  const cell = (source: string, more: object = {}): object => ({
    cell_type: "markdown",
    metadata: { big: 12 },
    source: [source, "é\n"],
    ...more,
  });
  const notebook = (cells: readonly object[]): Uint8Array =>
    bytesOf(JSON.stringify({ metadata: { x: [1, { cells: [] }] }, cells, nbformat: 4, nbformat_minor: 5 }));

  it("reads what is read at once, with a stop behind every cell", () => {
    const data = { "application/json": { a: [1.5, "b"] }, "text/plain": ["a\n", "b"] };
    const output = { output_type: "display_data", metadata: {}, data };
    const bytes = notebook([
      cell("a", { id: "same" }),
      cell("b", { id: "same" }),
      cell("c", { cell_type: "code", outputs: [output], execution_count: null }),
    ]);
    let count = 0;
    const whole = readNotebookBytes(bytes, { newId: () => `n${(count += 1)}` }).notebook;
    expect(inSteps(bytes)).toEqual({ steps: 3, notebook: whole });
  });

  it("tears no character apart where it decodes in steps", () => {
    const bytes = notebook([
      cell("é".repeat(1_300_000), { id: "a" }),
      cell("x".repeat(2 ** 21), { id: "b" }),
    ]);
    const { steps, notebook: read } = inSteps(bytes);
    expect(steps).toBe(2 + Math.ceil(bytes.length / 2 ** 21));
    expect(read).toEqual(readNotebookBytes(bytes, { newId: () => "none" }).notebook);
  });

  it.each([
    ["what is no JSON", bytesOf('{"cells": [{}, {"a" 1}]}'), "NOTEBOOK_NOT_JSON"],
    ["a list", bytesOf("[]"), "NOTEBOOK_NOT_A_NOTEBOOK"],
    ["what comes behind", bytesOf(`${EMPTY} x`), "NOTEBOOK_NOT_JSON"],
    [
      "no UTF-8 far behind",
      Uint8Array.from([...bytesOf(" ".repeat(2 ** 21)), 0xe9, 0x22]),
      "NOTEBOOK_NOT_TEXT",
    ],
    ["cells that are none", bytesOf('{"nbformat":4,"cells":{}}'), "NOTEBOOK_INVALID"],
  ])("refuses %s", (_what, bytes, code) => {
    expect(() => inSteps(bytes)).toThrow(expect.objectContaining({ code }));
  });

  it("reads a notebook of an older form", () => {
    const old = { nbformat: 3, nbformat_minor: 0, metadata: {}, worksheets: [{ cells: [cell("a")] }] };
    expect(inSteps(bytesOf(JSON.stringify(old))).notebook).toMatchObject({ cells: [{ source: "a\né\n" }] });
  });
});
