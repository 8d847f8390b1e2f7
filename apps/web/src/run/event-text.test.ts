import { RawJson } from "@notemill/json";
import { expect, it } from "vitest";
import { timelineEntry } from "./event-text.ts";

it.each([
  ["run-status-changed", { status: "timed_out", attempt: 1 }, "bad: The run is timed out"],
  ["run-status-changed", { status: "running", attempt: 1 }, "plain: The run is running"],
  ["attempt-started", { kernel_name: "python3" }, "plain: Attempt 2 has begun, in the kernel python3"],
  ["kernel-ready", { resumed: false }, "plain: The kernel is ready"],
  ["cell-started", { cell_index: 2, cell_id: "c", cell_type: "code" }, "plain: Cell 3 has begun (c)"],
  ["cell-started", { cell_index: 2, cell_id: "c", cell_type: "markdown" }, "nothing"],
  ["cell-output", { cell_index: 2, output: {} }, "nothing"],
  [
    "cell-finished",
    { cell_index: 0, cell_id: "c", status: "failed", duration: 62 },
    "bad: Cell 1 has failed, after 1 min 2 s (c)",
  ],
  ["attempt-warned", { code: "X", message: "mind the gap" }, "bad: mind the gap"],
  ["something-new", {}, "nothing"],
])("says of %s with %j: %s", (kind, data, expected) => {
  const entry = timelineEntry({ seq: 1, attempt: 2, at: "", kind, data: new RawJson(JSON.stringify(data)) });
  const cell = entry?.cellId == null ? "" : ` (${entry.cellId})`;
  expect(entry === null ? "nothing" : `${entry.tone}: ${entry.text}${cell}`).toBe(expected);
});
