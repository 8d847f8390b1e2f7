import { JsonNumber, RawJson } from "@notemill/json";
import { describe, expect, it } from "vitest";
import { encodeCell, encodeNotebook } from "./encode-notebook.ts";
import type { CodeCell, MarkdownCell, Notebook } from "./notebook.ts";
import { createNotebookEncoder } from "./notebook-encoder.ts";

const code: CodeCell = {
  cell_type: "code",
  id: "c",
  metadata: {},
  source: "x = 1\nx",
  execution_count: 1,
  outputs: [],
};
const text: MarkdownCell = { cell_type: "markdown", id: "m", metadata: { trusted: true }, source: "é" };
const notebook: Notebook = {
  nbformat: 4,
  nbformat_minor: 5,
  metadata: { signature: "s" },
  cells: [code, text],
};

const WRITTEN = `{
 "cells": [
  {
   "cell_type": "code",
   "execution_count": 1,
   "id": "c",
   "metadata": {},
   "outputs": [],
   "source": [
    "x = 1\\n",
    "x"
   ]
  },
  {
   "cell_type": "markdown",
   "id": "m",
   "metadata": {},
   "source": [
    "é"
   ]
  }
 ],
 "metadata": {},
 "nbformat": 4,
 "nbformat_minor": 5
}`;

describe("encodeNotebook", () => {
  it("writes as Jupyter does, without what is never stored", () => {
    expect(encodeNotebook(notebook)).toBe(WRITTEN);
  });

  it("ends the text with a line break when asked to", () => {
    expect(encodeNotebook(notebook, { trailingNewline: true })).toBe(`${WRITTEN}\n`);
  });

  it("writes a notebook of no cells", () => {
    expect(encodeNotebook({ ...notebook, cells: [] })).toContain(' "cells": [],\n');
  });
});

describe("encodeCell", () => {
  it.each([
    ["text in lines", "text/plain", "a\nb", '["a\\n","b"]'],
    ["scripts in lines", "application/javascript", "a\nb", '["a\\n","b"]'],
    ["drawings in lines", "image/svg+xml", "a\nb", '["a\\n","b"]'],
    ["images whole", "image/png", "a\nb\n", '"a\\nb\\n"'],
    ["JSON as JSON, sorted", "application/json", new RawJson('{"b":1.0,"a":[]}'), '{"a":[],"b":1.0}'],
  ])("writes %s", (_what, mimeType, value, written) => {
    const cell = {
      ...code,
      outputs: [{ output_type: "display_data", metadata: {}, data: { [mimeType]: value } } as const],
    };
    const compact = encodeCell(cell).replaceAll(/\n */g, "").replaceAll(": ", ":");
    expect(compact).toContain(`"data":{"${mimeType}":${written}}`);
  });

  it.each([
    [{ added: NaN }, {}, '"added": "NaN"'],
    [{ added: NaN }, { nonFinite: "literal" }, '"added": NaN'],
    [{ read: new JsonNumber("NaN") }, {}, '"read": NaN'],
  ] as const)("writes the number in %j with %j", (metadata, options, written) => {
    expect(encodeCell({ ...text, metadata }, options)).toContain(written);
  });
});

describe("createNotebookEncoder", () => {
  it("encodes a cell once, and again only when it changed", () => {
    const encoder = createNotebookEncoder();
    let reads = 0;
    const counted = {
      ...code,
      get source() {
        reads += 1;
        return "1";
      },
    };
    encoder.encode({ ...notebook, cells: [counted, text] });
    const readsOnce = reads;
    const chunks = encoder.encode({ ...notebook, cells: [counted, { ...text, source: "new" }] });
    expect(chunks.join("")).toContain('"new"');
    expect(chunks).toContain(encoder.encodeCell(counted));
    expect(reads).toBe(readsOnce);
  });

  it("follows cells that are added, moved and removed", () => {
    const encoder = createNotebookEncoder();
    for (const cells of [[code, text], [text, code], [code], [], [text, { ...code, id: "d" }]]) {
      const changed = { ...notebook, cells };
      expect(encoder.encode(changed).join("")).toBe(encodeNotebook(changed));
    }
  });

  it("follows metadata", () => {
    const encoder = createNotebookEncoder();
    encoder.encode(notebook);
    expect(encoder.encode({ ...notebook, metadata: { a: 1 } }).join("")).toContain('"a": 1');
  });
});
