import type { RunEvent } from "@notemill/api";
import { RawJson } from "@notemill/json";
import { describe, expect, it } from "vitest";
import { addEvents, NO_ACTIVITY, type RunActivity } from "./run-activity.ts";

type Told = readonly [kind: string, data: Readonly<Record<string, unknown>>, attempt?: number];

function after(...told: readonly Told[]): RunActivity {
  return addEvents(NO_ACTIVITY, eventsOf(told));
}

function eventsOf(told: readonly Told[], first = 1): RunEvent[] {
  return told.map(([kind, data, attempt = 1], index) => ({
    seq: first + index,
    attempt,
    at: "2026-11-23T08:46:38.000Z",
    kind,
    data: new RawJson(JSON.stringify(data)),
  }));
}

const started: Told = ["cell-started", { cell_id: "a", time: "2026-11-23T08:46:38Z" }];
const printed = (text: string, name = "stdout"): Told => [
  "cell-output",
  { cell_id: "a", output: { output_type: "stream", name, text } },
];
const finished: Told = [
  "cell-finished",
  { cell_id: "a", status: "completed", duration: 1.5, execution_count: 3 },
];

/** One line for a cell: its status, number, time and outputs. */
function cell(activity: RunActivity, id = "a"): string {
  const progress = activity.cells.get(id);
  if (progress === undefined) return "none";
  const { status, executionCount, duration, outputs } = progress;
  const texts = outputs.map((it) => (it.output_type === "stream" ? `${it.name}:${it.text}` : it.output_type));
  return [status, executionCount ?? "-", duration ?? "-", ...texts].join(" ");
}

describe("addEvents", () => {
  it("keeps the log as the record has it, for the newest attempt, and the end of a long one", () => {
    const at = "2026-11-23T08:46:38.000Z";
    const all: readonly Told[] = [
      ["attempt-started", { kernel_name: "python3", cell_count: 2 }],
      ["kernel-ready", { pid: 7 }],
      ["cell-started", { cell_id: "a", cell_index: 0 }],
      printed("one\n"),
      ["cell-output", { cell_id: "a", output: { output_type: "error", traceback: ["in a", "bad"] } }],
      ["cell-output", { cell_id: "a", output: { output_type: "display_data", data: {}, metadata: {} } }],
      ["cell-finished", { cell_id: "a", cell_index: 0, status: "failed", duration: 1.5 }],
      ["attempt-warned", { code: "SAVE_FAILED", message: "no room" }],
      ["attempt-finished", { status: "failed", duration: 2, failure: { message: "it is bad" } }],
    ];
    expect(after(...all).log.text.split("\n")).toEqual([
      `${at} started with kernel python3, 2 cells`,
      `${at} the kernel is ready (process 7)`,
      `${at} cell 1 (a) begins`,
      "one",
      "in a",
      "bad",
      `${at} cell 1 (a) failed after 1.5 s`,
      `${at} warning SAVE_FAILED: no room`,
      `${at} failed after 2 s: it is bad`,
      "",
    ]);
    expect(after(...all, ["kernel-ready", { pid: 8 }, 2]).log.text).toBe(
      `${at} the kernel is ready (process 8)\n`,
    );
    const long = after(
      started,
      ...Array.from({ length: 70 }, (_, n) => printed(`${n}${"x".repeat(9999)}\n`)),
    ).log;
    expect([long.isCut, long.text.length < 600_001, /^\d+x/.test(long.text)]).toEqual([true, true, true]);
    expect(long.text.endsWith("x\n")).toBe(true);
  });

  it("follows a cell from its begin to its end", () => {
    expect(cell(after(started))).toBe("running - -");
    expect([...after(started).begun]).toEqual([["a", "2026-11-23T08:46:38Z"]]);
    expect(cell(after(started, printed("x"), finished))).toBe("completed 3 1.5 stdout:x");
    expect(after(started, finished).begun.size).toBe(0);
  });

  it("puts the pieces of a stream together, and keeps streams apart", () => {
    const activity = after(started, printed("a"), printed("b"), printed("!", "stderr"), printed("c"));
    expect(cell(activity)).toBe("running - - stdout:ab stderr:! stdout:c");
  });

  it("adds an event once, however often it comes", () => {
    const events = eventsOf([started, printed("a"), printed("b")]);
    const first = addEvents(NO_ACTIVITY, events.slice(0, 2));
    expect(cell(addEvents(first, events))).toBe("running - - stdout:ab");
  });

  it("begins anew with a new attempt", () => {
    const again: Told = ["cell-started", { cell_id: "b", time: "" }, 2];
    const activity = after(started, printed("a"), again);
    expect([activity.attempt, cell(activity), cell(activity, "b")]).toEqual([2, "none", "running - -"]);
  });

  it("keeps the JSON of a display as it was, and names what was too long", () => {
    const data =
      '{"cell_id": "a", "output": {"output_type": "display_data", "metadata": {}, "data": {"application/json": {"x": 1.0}}}}';
    const [event] = eventsOf([["cell-output", {}]], 2);
    if (event === undefined) throw new Error("no event");
    const activity = addEvents(after(started), [{ ...event, data: new RawJson(data) }]);
    expect(activity.cells.get("a")?.outputs).toEqual([
      expect.objectContaining({ data: { "application/json": new RawJson('{"x": 1.0}') } }),
    ]);
    const long: Told = [
      "cell-output",
      { cell_id: "a", output: { output_type: "display_data" }, omitted_length: 200_000 },
    ];
    expect(cell(after(started, long))).toContain("stdout:[200000 characters");
    const end = { output_type: "stream", name: "stderr", text: "the end\n" };
    const cut: Told = ["cell-output", { cell_id: "a", output: end, omitted_length: 300 }];
    expect(cell(after(started, cut))).toMatch(/stderr:\[300 characters.*\]\s+the end/);
  });

  it("passes over what it does not know", () => {
    const activity = after(["run-status-changed", { status: "running" }], printed("lost"), ["later", {}]);
    expect([activity.cells.size, activity.seq]).toEqual([0, 3]);
  });
});
