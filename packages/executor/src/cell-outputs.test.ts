import { describe, expect, it } from "vitest";
import type { Output } from "@notemill/nbformat";
import { createCellOutputs } from "./cell-outputs.ts";
import { createOutputBudget } from "./output-budget.ts";
import type { OutputLimits, OutputSpill } from "./output-limits.ts";

const LIMITS: OutputLimits = {
  streamLength: 640,
  richLength: 1000,
  count: 20,
  notebookLength: 1e6,
  spillLength: 1e9,
};

/** An empty cell, and what it has spilled. `room` is what the spill can take. */
function emptyCell({ budget = createOutputBudget(LIMITS), room = 1e9 } = {}) {
  const spilled = { text: "" };
  const spill: OutputSpill = {
    write(_cellId, text) {
      const kept = spilled.text.length + text.length > room ? 0 : text.length;
      if (kept > 0) spilled.text += text;
      return { path: "out.outputs/c0.txt", kept };
    },
    restart: () => (spilled.text = ""),
  };
  return { ...createCellOutputs({ cellId: "c0", budget, spill }), spilled };
}

/** Appends outputs to a cell and gives what is shown and what was spilled. */
function collect(outputs: readonly Output[]): { shown: readonly Output[]; spilled: string } {
  const cell = emptyCell();
  for (const output of outputs) cell.append(output);
  return { shown: cell.snapshot(), spilled: cell.spilled.text };
}

const text = (value: string, name = "stdout"): Output => ({ output_type: "stream", name, text: value });
const image = (data: string): Output => ({
  output_type: "display_data",
  data: { "image/png": data },
  metadata: {},
});
const textOf = (outputs: readonly Output[]): string =>
  outputs
    .map((output) => (output.output_type === "stream" ? output.text : `<${output.output_type}>`))
    .join("");

describe("cell outputs", () => {
  it("merges adjacent text of one stream", () => {
    const { shown } = collect([text("a"), text("b"), text("c", "stderr"), text("d")]);
    expect(shown).toEqual([text("ab"), text("c", "stderr"), text("d")]);
  });

  it.each([
    ["many small pieces", Array.from({ length: 1000 }, (_, i) => text(`${String(i).padStart(4, "0")}\n`))],
    [
      "one long text",
      [text(Array.from({ length: 1000 }, (_, i) => `${String(i).padStart(4, "0")}\n`).join(""))],
    ],
    [
      "alternating streams",
      Array.from({ length: 1000 }, (_, i) =>
        text(`${String(i).padStart(4, "0")}\n`, i % 2 ? "stdout" : "stderr"),
      ),
    ],
  ])("keeps head and tail of %s and loses nothing between notebook and spill", (_what, outputs) => {
    const { shown, spilled } = collect(outputs);
    const [head = "", tail = ""] = textOf(shown).split(/\n\[notemill\].*\n/);
    expect(head.length).toBeLessThanOrEqual(400);
    expect(tail.length).toBeLessThanOrEqual(520);
    expect(head + spilled + tail).toBe(textOf(outputs));
    expect(textOf(shown)).toContain(
      `${spilled.length.toLocaleString("en-US")} characters of output are left out`,
    );
  });

  it("bounds the number of outputs, whatever their size", () => {
    const { shown } = collect(Array.from({ length: 500 }, () => image("")));
    expect(shown.length).toBeLessThanOrEqual(LIMITS.count + 1);
  });

  it("leaves out a single output that is larger than the limit", () => {
    const { shown, spilled } = collect([text("before"), image("x".repeat(5000)), text("after")]);
    expect(textOf(shown)).toMatch(
      /^before\n\[notemill\] 5,\d+ characters .* in out\.outputs\/c0\.txt\nafter$/,
    );
    expect(spilled).toContain("x".repeat(5000));
  });

  it("does not let an update make more of an output than there is room for", () => {
    const cell = emptyCell();
    const slots = [cell.append(image("a")), cell.append(image("b"))];
    for (const slot of slots) cell.update(slot, image("x".repeat(600)));
    expect(cell.snapshot()).toMatchObject([image("x".repeat(600)), image("b"), { output_type: "stream" }]);
    expect(cell.spilled.text).toContain("x".repeat(600));
  });

  it("says how much could not be kept anywhere", () => {
    const cell = emptyCell({ room: 1000 });
    for (let i = 0; i < 1000; i++) cell.append(text("0123456789"));
    expect(textOf(cell.snapshot())).toMatch(
      /characters of output are left out here; the first (\d+|1,000) are in out\.outputs\/c0\.txt, the others were not kept/,
    );
  });

  it("forgets what was left out when the cell is cleared", () => {
    const cell = emptyCell();
    for (let i = 0; i < 1000; i++) cell.append(text("0123456789"));
    cell.clear();
    cell.append(text("new"));
    expect(cell.snapshot()).toEqual([text("new")]);
    expect(cell.spilled.text).toBe("");
  });

  it("leaves room for the cells to come", () => {
    const budget = createOutputBudget({ ...LIMITS, notebookLength: 4000 });
    const lengths = Array.from({ length: 20 }, () => {
      const cell = emptyCell({ budget });
      for (let i = 0; i < 10; i++) cell.append(image("x".repeat(300)));
      return JSON.stringify(cell.snapshot()).length;
    });
    expect(lengths[0]).toBeGreaterThan(600);
    expect(lengths.reduce((sum, length) => sum + length)).toBeLessThan(4000 + 20 * 200);
  });

  it("gives back the room of what was cleared", () => {
    const budget = createOutputBudget(LIMITS);
    const cell = emptyCell({ budget });
    for (let i = 0; i < 100; i++) cell.append(i % 3 === 0 ? image("x".repeat(100)) : text("0123456789\n"));
    cell.clear();
    expect(budget.limits()).toEqual(createOutputBudget(LIMITS).limits());
  });

  it("gives the same array while nothing changes", () => {
    const cell = emptyCell();
    const slot = cell.append(image("a"));
    const before = cell.snapshot();
    expect(cell.snapshot()).toBe(before);
    cell.update(slot, image("b"));
    expect(cell.snapshot()).toEqual([image("b")]);
  });
});
