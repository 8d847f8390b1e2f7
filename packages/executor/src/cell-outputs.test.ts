import { describe, expect, it } from "vitest";
import type { Output } from "@notemill/nbformat";
import { createCellOutputs } from "./cell-outputs.ts";

const LIMITS = { streamLength: 640, richLength: 1000, count: 20 };

/** Appends outputs to a cell and gives what is shown and what was spilled. */
function collect(outputs: readonly Output[], limits = LIMITS): { shown: readonly Output[]; spilled: string } {
  let spilled = "";
  const cell = createCellOutputs("c0", limits, {
    write(_cellId, text) {
      spilled += text;
      return "out.outputs/c0.txt";
    },
  });
  for (const output of outputs) cell.append(output);
  return { shown: cell.snapshot(), spilled };
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

  it("keeps a single output that is larger than the limit", () => {
    const { shown, spilled } = collect([image("x".repeat(5000))]);
    expect(shown).toHaveLength(1);
    expect(spilled).toBe("");
  });

  it("forgets what was left out when the cell is cleared", () => {
    const cell = createCellOutputs("c0", LIMITS, { write: () => "" });
    for (let i = 0; i < 1000; i++) cell.append(text("0123456789"));
    cell.clear();
    cell.append(text("new"));
    expect(cell.snapshot()).toEqual([text("new")]);
  });

  it("gives the same array while nothing changes", () => {
    const cell = createCellOutputs("c0", LIMITS, { write: () => "" });
    const slot = cell.append(image("a"));
    const before = cell.snapshot();
    expect(cell.snapshot()).toBe(before);
    cell.update(slot, image("b"));
    expect(cell.snapshot()).toEqual([image("b")]);
  });
});
