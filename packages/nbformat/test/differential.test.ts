import { readdirSync, readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { encodeJson } from "@notemill/json";
import { encodeNotebook, readNotebook } from "@notemill/nbformat";
import fc from "fast-check";
import { fileNotebook } from "./arbitrary-notebook.ts";
import { fileNotebookV3 } from "./arbitrary-notebook-v3.ts";
import { startPython } from "../../json/test/python-process.ts";
import type { PythonProcess } from "../../json/test/python-process.ts";

const FIXTURES = new URL("../fixtures/", import.meta.url);

let python: PythonProcess;

beforeAll(() => {
  python = startPython(new URL("nbformat-oracle.py", import.meta.url));
});

afterAll(() => python.close());

/** Reads and writes a notebook in both implementations; new ids are counted alike in both. */
async function roundTrips(text: string): Promise<{ ours: string; theirs: unknown }> {
  let count = 0;
  const { notebook } = readNotebook(text, { newId: () => `new-${++count}` });
  // Of nbformat 3 Jupyter's own reader knows the minor version 0 only, and fails on the later ones.
  const known = text.replace('"nbformat": 3,\n "nbformat_minor": 2', '"nbformat": 3,\n "nbformat_minor": 0');
  return { ours: encodeNotebook(notebook), theirs: await python.ask({ text: known }) };
}

describe("reading and writing", () => {
  it.each(readdirSync(FIXTURES))("gives %s the bytes that Jupyter's nbformat gives it", async (name) => {
    const { ours, theirs } = await roundTrips(readFileSync(new URL(name, FIXTURES), "utf8"));
    expect(theirs).toEqual(expect.objectContaining({ text: ours }));
  });

  it.each([
    ["4", fileNotebook],
    ["3", fileNotebookV3],
  ])(
    "gives any notebook of nbformat %s the bytes that Jupyter's nbformat gives it",
    async (_version, any) => {
      await fc.assert(
        fc.asyncProperty(any, async (notebook) => {
          const { ours, theirs } = await roundTrips(encodeJson(notebook));
          expect(theirs).toEqual(expect.objectContaining({ text: ours }));
        }),
        { numRuns: 300 },
      );
    },
  );
});
