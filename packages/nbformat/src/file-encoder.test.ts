import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { edit } from "../test/arbitrary-edit.ts";
import type { Edit } from "../test/arbitrary-edit.ts";
import { notebookText } from "../test/arbitrary-file.ts";
import { savesEdits } from "../test/saves-edits.ts";
import { encodeNotebook } from "./encode-notebook.ts";
import { createFileEncoder } from "./file-encoder.ts";
import { readNotebook } from "./read-notebook.ts";
import { readNotebookFile } from "./read-notebook-file.ts";
import type { NotebookFile } from "./read-notebook-file.ts";

// These try many inputs, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000 });

const FIXTURES = new URL("../fixtures/", import.meta.url);

function fixture(name: string): string {
  return readFileSync(new URL(`${name}.ipynb`, FIXTURES), "utf8");
}

function open(text: string): NotebookFile {
  let count = 0;
  return readNotebookFile(text, { newId: () => `new-${++count}` });
}

/** The lines that a save takes out of a file and puts into it. */
function changedLines(name: string, ...edits: Edit[]): string[] {
  const text = fixture(name);
  const file = open(text);
  const encoder = createFileEncoder(file);
  const saved = encoder.encode(edits.reduce((notebook, change) => change(notebook), file.notebook)).join("");
  const [before, after] = [text.split("\n"), saved.split("\n")];
  const start = before.findIndex((line, index) => line !== after[index]);
  if (start < 0) return [];
  let end = 0;
  while (before.at(-1 - end) === after.at(-1 - end) && end < Math.min(before.length, after.length) - start)
    end += 1;
  const taken = before.slice(start, before.length - end).map((line) => `-${line}`);
  return [...taken, ...after.slice(start, after.length - end).map((line) => `+${line}`)];
}

const RAW = '{"cell_type":"raw","id":"id-1","metadata":{},"source":""}';

function setSource(index: number, source: string): Edit {
  return (notebook) => ({
    ...notebook,
    cells: notebook.cells.map((cell, at) => (at === index ? { ...cell, source } : cell)),
  });
}

describe("createFileEncoder", () => {
  const kept = readdirSync(FIXTURES).filter((name) => !/^version-[123]|-ids\.ipynb$/.test(name));

  it.each(kept)("saves %s without a change when nothing changed", (name) => {
    const text = readFileSync(new URL(name, FIXTURES), "utf8");
    const file = open(text);
    expect(createFileEncoder(file).encode(file.notebook).join("")).toBe(text);
  });

  it.each([
    [
      "white space between brackets",
      '{"cells": [\n ], "metadata": {\n}, "nbformat": 4, "nbformat_minor": 5}',
    ],
    [
      "gaps of all sizes",
      `{"metadata":{},"cells":[ ${RAW}  ,\n\n${RAW.replace("id-1", "id-2")}],"nbformat_minor":5,"nbformat":4} `,
    ],
    ["a byte order mark", `\ufeff{"cells":[${RAW}],"metadata":{},"nbformat":4,"nbformat_minor":5}`],
    [
      "repeated keys",
      `{"cells":[{"id":"id-0",${RAW.slice(1)}],"metadata":{"a":1,"a":2},"nbformat":4,"nbformat_minor":5}`,
    ],
  ])("keeps %s", (_what, text) => {
    const file = open(text);
    expect(createFileEncoder(file).encode(file.notebook).join("")).toBe(text);
  });

  it("saves any file without a change when nothing changed", () => {
    fc.assert(
      fc.property(notebookText, (text) => {
        const file = open(text);
        expect(createFileEncoder(file).encode(file.notebook).join("")).toBe(text);
      }),
    );
  });

  it("saves what the document says after any edits", () => {
    fc.assert(fc.property(notebookText, fc.array(edit, { maxLength: 4 }), savesEdits), { numRuns: 200 });
  });

  it.each<[string, string, Edit, string[]]>([
    [
      "a line of a source",
      "tab-indent",
      setSource(0, "x = 2\ny"),
      ['-\t\t\t\t"x = 1\\n",', '+\t\t\t\t"x = 2\\n",'],
    ],
    [
      "a line of a source among escapes",
      "ascii-escapes",
      setSource(0, "s = 'é😀\u2028'\nt = 'ß'"),
      ['-    "t = 1"', "+    \"t = '\\u00df'\""],
    ],
    [
      "a source that is one string",
      "strings-instead-of-lines",
      setSource(0, "x = 1\ny = 3"),
      ['-   "source": "x = 1\\ny = 2"', '+   "source": "x = 1\\ny = 3"'],
    ],
    [
      "a line in a file of Windows",
      "windows-line-breaks",
      setSource(0, "x = 1\nz"),
      ['-        "y"\r', '+        "z"\r'],
    ],
    [
      "a key of the metadata",
      "four-spaces-unsorted",
      (notebook) => ({ ...notebook, metadata: { ...notebook.metadata, a: [1] } }),
      ['+        "a": [', "+            1", "+        ],"],
    ],
    [
      "a key that is sorted in",
      "empty-cells",
      (notebook) => ({
        ...notebook,
        cells: notebook.cells.map((cell, at) => (at === 1 ? { ...cell, attachments: {} } : cell)),
      }),
      ['+   "attachments": {},'],
    ],
    [
      "an execution",
      "every-output-type",
      (notebook) => ({
        ...notebook,
        cells: notebook.cells.map((cell, at) =>
          at === 2 && cell.cell_type === "code"
            ? { ...cell, execution_count: 9, outputs: [...cell.outputs] }
            : cell,
        ),
      }),
      ['-   "execution_count": 3,', '+   "execution_count": 9,'],
    ],
  ])("changes only the lines of %s", (_what, name, change, lines) => {
    expect(changedLines(name, change)).toEqual(lines);
  });

  it("writes a new cell in the style of the others", () => {
    const insert: Edit = (notebook) => ({
      ...notebook,
      cells: [...notebook.cells, { id: "n", cell_type: "markdown", metadata: {}, source: "new" }],
    });
    expect(changedLines("colab-4.0-two-spaces", insert)).toEqual([
      "+    },",
      "+    {",
      '+      "cell_type": "markdown",',
      '+      "source": [',
      '+        "new"',
      "+      ],",
      '+      "metadata": {}',
    ]);
  });

  it("gives cells whose ids are missing or repeated an id in the file", () => {
    for (const [name, id] of [
      ["missing-ids", "new-2"],
      ["duplicate-ids", "new-1"],
    ] as const) {
      const file = open(fixture(name));
      const saved = createFileEncoder(file).encode(file.notebook).join("");
      expect(saved).toContain(`   "id": "${id}",\n`);
      expect(readNotebook(saved, { newId: () => "x" }).problems).toEqual([]);
    }
  });

  it("writes a file of an older version anew, indented as it was", () => {
    const file = open(fixture("version-3.0"));
    const saved = createFileEncoder(file).encode(file.notebook).join("");
    expect(saved).toBe(`${encodeNotebook(file.notebook)}\n`);
  });

  it("adds metadata to a file that has none", () => {
    const file = open('{"cells":[],"nbformat":4,"nbformat_minor":5}');
    const saved = createFileEncoder(file)
      .encode({ ...file.notebook, metadata: { a: 1 } })
      .join("");
    expect(saved).toBe('{"cells":[],"nbformat":4,"nbformat_minor":5,"metadata":{"a":1}}');
  });
});
