import { JsonNumber, type JsonObject } from "@notemill/json";
import type { Cell, Notebook } from "@notemill/nbformat";
import { describe, expect, it } from "vitest";
import { formatDuration, formatTime } from "./format-time.ts";
import { readRun } from "./read-run.ts";
import { renderRunSummary } from "./run-summary.ts";

const cell: Cell = {
  cell_type: "code",
  id: "bad",
  metadata: { papermill: { exception: true } },
  source: "x",
  execution_count: 3,
  outputs: [{ output_type: "error", ename: "KeyError", evalue: "'a'", traceback: [] }],
};

function notebook(metadata: JsonObject, cells: readonly Cell[] = []): Notebook {
  return { nbformat: 4, nbformat_minor: 5, metadata, cells };
}

const START = "2026-11-23T08:46:38.073836+00:00";

describe("readRun", () => {
  it.each([
    ["succeeded", { papermill: { start_time: START, end_time: START, exception: null } }, "succeeded"],
    [
      "failed by papermill's mark",
      { papermill: { start_time: START, end_time: START, exception: true } },
      "failed",
    ],
    ["not finished", { papermill: { start_time: START, end_time: null } }, "unfinished"],
    ["prepared", { papermill: { parameters: { a: 1 } } }, "prepared"],
    [
      "timed out",
      { papermill: { start_time: START, end_time: START }, notemill: { status: "timed_out" } },
      "timed_out",
    ],
    ["still running", { papermill: { start_time: START }, notemill: { status: "running" } }, "unfinished"],
    [
      "something newer than this",
      { papermill: { start_time: START }, notemill: { status: "paused" } },
      "unfinished",
    ],
  ])("finds that a run %s", (_what, metadata, status) => {
    expect(readRun(notebook(metadata as JsonObject))?.status).toBe(status);
  });

  it.each([{}, { papermill: {} }, { papermill: [1], notemill: "x" }])("finds no run in %j", (metadata) => {
    expect(readRun(notebook(metadata as JsonObject))).toBeUndefined();
  });

  it("names the cell and the error, from the run or from the cell", () => {
    const papermill = { start_time: START, end_time: START };
    expect(readRun(notebook({ papermill }, [cell]))).toMatchObject({
      status: "failed",
      failure: { message: "KeyError: 'a'", cellId: "bad" },
    });
    const failure = { message: "the kernel died", cell_id: "other" };
    expect(readRun(notebook({ papermill, notemill: { status: "lost", failure } }, [cell]))?.failure).toEqual({
      message: "the kernel died",
      cellId: "other",
    });
  });
});

describe("renderRunSummary", () => {
  it("shows status, time, duration, failure and parameters, escaped", () => {
    const run = readRun(
      notebook({
        papermill: {
          start_time: START,
          end_time: START,
          duration: new JsonNumber("62.0"),
          parameters: { alpha: new JsonNumber("0.60"), "<b>": "</dd><script>" },
        },
        notemill: { status: "failed", failure: { message: "<script>", cell_id: "bad" } },
      }),
    );
    const html = run && renderRunSummary(run, { href: "#cell-bad", label: "cell [3]" });
    expect(html).toBe(
      `<p class="facts"><span class="status failed">Failed</span> <time datetime="2026-11-23T08:46:38.000Z">23 Nov 2026, 08:46 UTC</time> <span>1 min 2 s</span></p>
<p class="failure">Stopped at <a href="#cell-bad">cell [3]</a>: <code>&lt;script&gt;</code></p>
<p class="label">Parameters</p><dl class="parameters"><div><dt>alpha</dt><dd>0.60</dd></div><div><dt>&lt;b&gt;</dt><dd>&lt;/dd&gt;&lt;script&gt;</dd></div></dl>`,
    );
  });
});

describe("formatTime", () => {
  it.each([
    ["2026-01-05T08:06:38+00:00", "5 Jan 2026, 08:06 UTC"],
    ["2026-01-05T08:06:38.123456", "5 Jan 2026, 08:06 UTC"],
    ["2026-01-05T23:06:38-05:00", "6 Jan 2026, 04:06 UTC"],
    ["2026-01-05 08:06Z", "5 Jan 2026, 08:06 UTC"],
    ["yesterday", undefined],
    ['2026-01-05T08:06:38"><script>', undefined],
    ["2026-99-99T99:99:99", undefined],
    ["", undefined],
  ])("reads %s", (time, expected) => {
    expect(formatTime(time)?.text).toBe(expected);
  });
});

describe("formatDuration", () => {
  it.each([
    [0, "0.0 s"],
    [0.44, "0.4 s"],
    [9.94, "9.9 s"],
    [9.96, "10 s"],
    [59.7, "1 min"],
    [200, "3 min 20 s"],
    [3600, "1 h"],
    [7500, "2 h 5 min"],
  ])("writes %d seconds", (seconds, expected) => {
    expect(formatDuration(seconds)).toBe(expected);
  });
});
