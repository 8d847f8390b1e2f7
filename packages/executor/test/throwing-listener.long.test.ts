import { describe, it } from "vitest";
import { expectEndAt } from "./run-until.ts";

describe("a listener that throws", () => {
  it.each(["run-started", "kernel-ready", "cell-started", "cell-finished"])(
    "ends the run at %s, with a final file and nothing left open",
    expectEndAt,
  );
});
