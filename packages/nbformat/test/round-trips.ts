import { encodeJson, type JsonObject } from "@notemill/json";
import { encodeNotebook, readNotebook } from "@notemill/nbformat";
import fc from "fast-check";
import { expect } from "vitest";
import type { PythonProcess } from "../../json/test/python-process.ts";

/** Expects Jupyter's nbformat to read and write a notebook as we do; new ids are counted alike in both. */
export async function expectSameBytes(python: PythonProcess, text: string): Promise<void> {
  let count = 0;
  const { notebook } = readNotebook(text, { newId: () => `new-${++count}` });
  // Of nbformat 3 Jupyter's own reader knows the minor version 0 only, and fails on the later ones.
  const known = text.replace('"nbformat": 3,\n "nbformat_minor": 2', '"nbformat": 3,\n "nbformat_minor": 0');
  const theirs = await python.ask({ text: known });
  expect(theirs).toEqual(expect.objectContaining({ text: encodeNotebook(notebook) }));
}

/** Expects it of hundreds of notebooks. */
export async function expectSameBytesOfAny(
  python: PythonProcess,
  any: fc.Arbitrary<JsonObject>,
): Promise<void> {
  const property = fc.asyncProperty(any, (notebook) => expectSameBytes(python, encodeJson(notebook)));
  await fc.assert(property, { numRuns: 300 });
}
