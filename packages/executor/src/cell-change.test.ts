import type { Cell, CodeCell, Output } from "@notemill/nbformat";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { applyCellChange, changeOfCell, wholeChangeOfCell } from "./cell-change.ts";
import { journalLine, parseJournalLine } from "./journal-line.ts";

const text = (value: string, name = "stdout"): Output => ({ output_type: "stream", name, text: value });
const image = (data: string): Output => ({
  output_type: "display_data",
  data: { "image/png": data },
  metadata: {},
});
const cell = (outputs: readonly Output[], status = "running", count: number | null = 1): CodeCell => ({
  id: "c",
  cell_type: "code",
  metadata: { tags: [], papermill: { status } },
  source: "1",
  execution_count: count,
  outputs,
});

/** The change as a reader of the journal gets it. */
function throughJournal(change: ReturnType<typeof wholeChangeOfCell>): ReturnType<typeof wholeChangeOfCell> {
  const line = parseJournalLine(journalLine({ journal: "j", entry: 1, change }));
  if (!line) throw new Error("the line could not be read back");
  return line.change;
}

describe("a change of a cell", () => {
  it("is none where nothing changed", () => {
    const outputs = [text("a")];
    expect(changeOfCell(cell(outputs), { ...cell(outputs), metadata: cell(outputs).metadata })).toEqual({
      id: "c",
      metadata: cell([]).metadata,
    });
    const before = cell(outputs);
    expect(changeOfCell(before, { ...before, outputs: [text("a")] })).toBeUndefined();
  });

  it.each<[string, readonly Output[], readonly Output[], object]>([
    [
      "only the text that a stream has got",
      [text("ab")],
      [text("abc")],
      { length: 1, set: [], appended: [{ at: 0, text: "c" }] },
    ],
    [
      "only the output that is new",
      [image("a")],
      [image("a"), text("b")],
      { length: 2, set: [{ at: 1, output: text("b") }], appended: [] },
    ],
    [
      "what took the place of something",
      [text("ab")],
      [text("b")],
      { length: 1, set: [{ at: 0, output: text("b") }], appended: [] },
    ],
    ["that outputs were cleared", [text("ab")], [], { length: 0, set: [], appended: [] }],
  ])("has %s", (_what, before, after, outputs) => {
    const known = before[0];
    const kept = after.map((it) =>
      known?.output_type === it.output_type && it.output_type !== "stream" ? known : it,
    );
    const earlier = cell(before);
    expect(changeOfCell(earlier, { ...earlier, outputs: kept })).toEqual({ id: "c", outputs });
  });

  const output = fc.oneof(
    fc
      .record({ name: fc.constantFrom("stdout", "stderr"), text: fc.string({ unit: "binary" }) })
      .map((it) => text(it.text, it.name)),
    fc.string().map(image),
    fc.constant<Output>({ output_type: "error", ename: "E", evalue: "v", traceback: ["t"] }),
  );
  const version = fc
    .tuple(fc.array(output, { maxLength: 5 }), fc.constantFrom("running", "completed"), fc.option(fc.nat(9)))
    .map(([outputs, status, count]) => cell(outputs, status, count));
  const wellFormed = (it: Cell): Cell => JSON.parse(JSON.stringify(it).toWellFormed()) as Cell;

  it("gives the later version, read back from the journal", () => {
    fc.assert(
      fc.property(version, version, (one, other) => {
        const before = wellFormed(one);
        const after = wellFormed(other);
        const change = changeOfCell(before, after);
        expect(change ? applyCellChange(before, throughJournal(change)) : before).toEqual(after);
      }),
    );
  });

  it("gives the whole version whatever was there before", () => {
    fc.assert(
      fc.property(version, version, (one, other) => {
        const after = wellFormed(other);
        expect(applyCellChange(wellFormed(one), throughJournal(wholeChangeOfCell(after)))).toEqual(after);
      }),
    );
  });

  it("that does not fit leaves nothing behind that is no output", () => {
    const change = {
      id: "c",
      outputs: {
        length: 9,
        set: [{ at: 5, output: text("x") }],
        appended: [
          { at: 7, text: "y" },
          { at: 0, text: "z" },
        ],
      },
    };
    expect(applyCellChange(cell([image("a")]), change)).toEqual(cell([image("a")]));
  });
});

describe("a line of the journal", () => {
  it.each([
    "",
    "{",
    "null",
    "[]",
    "{}",
    '{"journal":"j","entry":1}',
    '{"journal":"j","entry":1,"change":{"id":5}}',
    '{"journal":1,"entry":1,"change":{"id":"c"}}',
  ])("that is %j is left out", (line) => {
    expect(parseJournalLine(line)).toBeUndefined();
  });

  it("keeps JSON data as it was", () => {
    const line =
      '{"journal":"j","entry":2,"change":{"id":"c","outputs":{"length":1,"set":[{"at":0,"output":{"output_type":"display_data","data":{"application/json":{"b":1.0,"a":[NaN]}},"metadata":{"n":1e400}}}],"appended":[]}}}';
    const read = parseJournalLine(line);
    expect(read && journalLine(read)).toBe(line);
  });
});
