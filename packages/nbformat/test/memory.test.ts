import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { encodeNotebook, readNotebook, readNotebookFile } from "@notemill/nbformat";
import type { Cell, Notebook } from "@notemill/nbformat";
import { describe, expect, it } from "vitest";

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;

/** Memory held for JavaScript, in megabytes, when nothing is left to collect. */
function heldMegabytes(): number {
  collect();
  // Buffers that the first found unused are given back beside what runs, and the second waits for that.
  collect();
  const { heapUsed, external } = process.memoryUsage();
  return (heapUsed + external) / 1e6;
}

function newId(): string {
  return "new";
}

/** The text of a notebook of about 60 MB, in which every small part stands beside large ones. */
function largeText(): string {
  const cells = Array.from({ length: 60 }, (_none, index): Cell => {
    const name = `a name that is longer than twelve characters ${index}`;
    return {
      cell_type: "code",
      id: `cell-with-a-long-id-${index}`,
      metadata: { [name]: name, tags: [name] },
      source: `source_of_one_line_only = ${index}`,
      execution_count: index,
      outputs: [
        { output_type: "stream", name: "stdout", text: "x".repeat(500_000) },
        { output_type: "display_data", metadata: {}, data: { "image/png": "y".repeat(500_000) } },
      ],
    };
  });
  // A copy in flat memory, as a file is read.
  return Buffer.from(encodeNotebook({ nbformat: 4, nbformat_minor: 5, metadata: {}, cells })).toString(
    "latin1",
  );
}

/** A copy of the notebook without its outputs, as a run starts with. */
function withoutOutputs(notebook: Notebook): Notebook {
  const cells = notebook.cells.map((cell) => (cell.cell_type === "code" ? { ...cell, outputs: [] } : cell));
  return { ...notebook, cells };
}

describe("what is kept of a notebook", () => {
  it.each([
    ["readNotebook", (text: string) => withoutOutputs(readNotebook(text, { newId }).notebook)],
    ["readNotebookFile", (text: string) => readNotebookFile(text, { newId }).layout.fields],
    ["an output", (text: string) => readNotebook(text, { newId }).notebook.cells[3]],
  ])("does not keep the text it was read from: %s", async (_what, keep) => {
    const before = heldMegabytes();
    // From a frame of its own, which is over when its result is here: one that goes on may hold what it made.
    const kept = await Promise.resolve().then(() => keep(largeText()));
    expect(heldMegabytes() - before).toBeLessThan(10);
    expect(kept).toBeDefined();
  });
});
