import type { RunEvent } from "@notemill/executor";
import { RawJson } from "@notemill/json";
import { expect, it } from "vitest";
import { createWireForm } from "./wire-event.ts";

interface Data {
  readonly output: { readonly output_type: string; readonly name?: string; readonly text?: string };
  readonly omitted_length?: number;
}

const printed = (text: string, cellId = "a"): RunEvent => ({
  type: "cell-output",
  cell_id: cellId,
  cell_index: 0,
  output: { output_type: "stream", name: "stdout", text },
});

const AT = new Date(0);

function dataOf(wired: ReturnType<typeof createWireForm>, event: RunEvent): readonly Data[] {
  return wired(event, AT).map(({ data }) => JSON.parse(data.text) as Data);
}

it("splits a long piece of a stream between lines, and loses nothing", () => {
  const text = Array.from({ length: 4000 }, (_, line) => `line ${line} of a program that prints much\n`).join(
    "",
  );
  const data = dataOf(createWireForm(), printed(text));
  expect(data.length).toBeGreaterThan(5);
  expect(
    data.every(({ output }) => output.text?.endsWith("\n") === true && output.text.length <= 16_000),
  ).toBe(true);
  expect(data.map(({ output }) => output.text).join("")).toBe(text);
});

it("names an output only that is nested too deep for a server", () => {
  const nested = (levels: number): RunEvent => {
    const json = new RawJson("[".repeat(levels) + "]".repeat(levels));
    const output = { output_type: "display_data", data: { "application/json": json }, metadata: {} } as const;
    return { type: "cell-output", cell_id: "a", cell_index: 0, output };
  };
  expect(dataOf(createWireForm(), nested(300))[0]).not.toHaveProperty("omitted_length");
  expect(dataOf(createWireForm(), nested(450))).toMatchObject([
    { output: { output_type: "display_data" }, omitted_length: expect.any(Number) },
  ]);
});

it("tells of a failure what fits", () => {
  const failure = { code: "CELL_FAILED", message: "no", ename: "E", evalue: "x".repeat(9_000_000) };
  const ended = { type: "run-finished", run_id: "r", time: "", status: "failed", duration: 1 } as const;
  const [data] = createWireForm()({ ...ended, output_path: "", failure }, AT);
  expect(data?.data.text.length).toBeLessThan(10_000);
});

it("splits a line that has no end, but no character", () => {
  const text = `x${"🂡".repeat(60_000)}`;
  const data = dataOf(createWireForm(), printed(text));
  expect(data.every(({ output }) => output.text?.isWellFormed() === true)).toBe(true);
  expect(data.map(({ output }) => output.text).join("")).toBe(text);
});

it("shows a cell that goes on so by the ends of its pieces", () => {
  const wired = createWireForm();
  const text = `${"0123456789\n".repeat(20_000)}the end\n`;
  const many = Array.from({ length: 9 }, () => dataOf(wired, printed(text)));
  expect(many.every((data) => data.length > 1)).toBe(true);
  const [last = { output: { output_type: "" } }, ...none] = dataOf(wired, printed(text));
  expect(none).toEqual([]);
  const shown = last.output.text ?? "";
  expect(shown).toMatch(/^0123456789\n[^]*the end\n$/);
  expect([shown.length <= 4000, (last.omitted_length ?? 0) + shown.length]).toEqual([true, text.length]);
  // What fits is whole all the same, and the next cell begins anew.
  expect(dataOf(wired, printed("short\n"))).toMatchObject([{ output: { text: "short\n" } }]);
  expect(dataOf(wired, printed(text, "b")).length).toBeGreaterThan(1);
});

it("counts short pieces too, of each cell and of all", () => {
  const text = `${"0123456789\n".repeat(4500)}the end\n`;
  const countWhole = (cellIds: readonly string[]) => {
    const wired = createWireForm();
    const data = cellIds.flatMap((cellId) => dataOf(wired, printed(text, cellId)));
    return data.filter((it) => it.omitted_length === undefined).length;
  };
  const turns = Array.from({ length: 500 }, (_, turn) => turn);
  expect(countWhole(turns.map((turn) => (turn % 2 === 0 ? "a" : "b")))).toBe(
    2 * Math.floor(2_000_000 / text.length),
  );
  expect(countWhole(turns.map((turn) => `cell ${turn}`))).toBe(Math.floor(20_000_000 / text.length));
});

it("has the end of a line without end, and tears no character apart", () => {
  const wired = createWireForm();
  const text = `${"🂡".repeat(110_000)}\n`;
  for (let turn = 0; turn < 9; turn += 1) wired(printed(text), AT);
  const [last = { output: { output_type: "" } }] = dataOf(wired, printed(text));
  const shown = last.output.text ?? "";
  expect(shown).toBe(`${"🂡".repeat(1999)}\n`);
  expect((last.omitted_length ?? 0) + shown.length).toBe(text.length);
});

it("only names another output that is too long", () => {
  const event: RunEvent = {
    type: "cell-output",
    cell_id: "a",
    cell_index: 0,
    output: { output_type: "display_data", metadata: {}, data: { "text/plain": "x".repeat(100_001) } },
  };
  expect(dataOf(createWireForm(), event)).toMatchObject([
    { output: { output_type: "display_data" }, omitted_length: expect.any(Number) },
  ]);
});
