import type { RunEvent } from "@notemill/executor";
import { expect, it } from "vitest";
import { logLines } from "./log-lines.ts";

const cell = { cell_index: 3, cell_id: "failin-04" } as const;

it.each([
  [{ ...cell, type: "cell-started", cell_type: "code" }, "at cell 4 (failin-04) begins\n"],
  [
    { ...cell, type: "cell-finished", status: "completed", duration: 0.000045654296875 },
    "at cell 4 (failin-04) completed after 0 s\n",
  ],
  [
    { ...cell, type: "cell-finished", status: "failed", duration: 0.04567 },
    "at cell 4 (failin-04) failed after 0.046 s\n",
  ],
  [{ type: "run-finished", status: "succeeded", duration: 61.2345 }, "at succeeded after 61.2 s\n"],
])("says of %j what people read", (event, line) => {
  expect(logLines(event as unknown as RunEvent, "at")).toBe(line);
});
