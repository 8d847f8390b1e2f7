import { describe, expect, it } from "vitest";
import { createManualClock } from "../../testing/manual-clock.ts";
import { startPulse } from "./pulse.ts";

/** Plays steps against a pulse: a number moves the clock, and gives how often it was silent for too long. */
function trace(...steps: readonly ("ask" | "beat" | "stop" | number)[]): number {
  const clock = createManualClock();
  let silences = 0;
  const pulse = startPulse(
    clock,
    () => {},
    () => {
      silences += 1;
    },
  );
  for (const step of steps) {
    if (typeof step === "number") clock.advance(step);
    else pulse[step]();
  }
  return silences;
}

describe("startPulse", () => {
  it.each([
    ["nothing was asked", [60_000], 0],
    ["the answer came in time", ["ask", 14_999, "beat", 60_000], 0],
    ["no answer came", ["ask", 15_000], 1],
    ["one of two answers came", ["ask", "ask", 10_000, "beat", 15_000], 1],
    ["each answer came in time", ["ask", 10_000, "ask", "beat", 10_000, "beat", 60_000], 0],
    ["it was stopped", ["ask", "stop", 60_000], 0],
  ] as const)("tells silence when %s", (_when, steps, expected) => {
    expect(trace(...steps)).toBe(expected);
  });
});
