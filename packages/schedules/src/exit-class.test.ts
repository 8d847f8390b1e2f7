import { expect, it } from "vitest";
import { exitClass } from "./exit-class.ts";

it.each([
  ["succeeded", undefined, null],
  ["cancelled", "RUN_CANCELLED", null],
  ["timed_out", "CELL_TIMED_OUT", "timeout"],
  ["lost", "RUNNER_LOST", "platform"],
  ["failed", "CELL_FAILED", "user"],
  ["failed", "CHECK_FAILED", "user"],
  ["failed", "KERNEL_DIED", "platform"],
  ["failed", undefined, "platform"],
] as const)("blames for %s with %s: %s", (outcome, code, blamed) => {
  expect(exitClass(outcome, code)).toBe(blamed);
});
