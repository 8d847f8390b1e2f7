import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { printed, status } from "../testing/messages.ts";
import { createCompletion } from "./completion.ts";
import type { CompletionOptions } from "./completion.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** What happens to an execution; a number is a time that passes. */
type Step = "busy" | "idle" | "print" | "other" | "ok" | "error" | "aborted" | "flushed" | "lost" | number;

/** Takes the steps and tells at which it was over, and how. */
function trace(steps: readonly Step[], options: Partial<CompletionOptions> = {}): string {
  let result = "open";
  let now: Step | "start" = "start";
  const completion = createCompletion({
    isHeldUp: () => false,
    ...options,
    onOver(idle) {
      result = `${idle} at ${now}`;
    },
  });
  for (const step of steps) {
    now = step;
    if (typeof step === "number") vi.advanceTimersByTime(step);
    else if (step === "busy" || step === "idle") completion.noteMessage(status("a", step));
    else if (step === "print") completion.noteMessage(printed("a", "x"));
    else if (step === "other") completion.noteOther();
    else if (step === "flushed") completion.noteFlushed();
    else if (step === "lost") completion.noteLoss();
    else completion.noteReply(step);
  }
  completion.stop();
  vi.runAllTimers();
  return result;
}

describe("an execution is over", () => {
  it.each<[string, Step[], string]>([
    ["with reply and idle, in this order", ["busy", "ok", "print", "idle"], "seen at idle"],
    ["with idle and reply", ["busy", "idle", "ok"], "seen at ok"],
    ["not with one of them", ["busy", "print", "idle", 100_000], "open"],
    ["not with the other", ["busy", "ok", 100_000], "open"],
    ["soon, when it was dropped and nothing else is said", ["aborted", 249, "print", 250], "seen at 250"],
    [
      "by its idle status, when it was dropped after it had begun",
      ["busy", "aborted", 5_000, "idle"],
      "seen at idle",
    ],
  ])("%s", (_what, steps, expected) => {
    expect(trace(steps)).toBe(expected);
  });

  it.each<[string, Step[], string]>([
    ["when nothing comes for so long", ["busy", "ok", 999, 1], "missing at 1"],
    ["not while something comes", ["busy", "ok", 900, "print", 900, "print", 900, "idle"], "seen at idle"],
    [
      "not while what was printed before it comes",
      ["ok", 900, "other", 900, "other", 999, 1],
      "missing at 1",
    ],
    ["not before the reply", ["busy", 100_000, "ok", 999], "open"],
    ["sooner, where something was lost", ["ok", "lost", 999, 1], "missing at 1"],
  ])("without an idle status, %s", (_what, steps, expected) => {
    const idleTimeoutMs = steps.includes("lost") ? 10_000 : 1_000;
    expect(trace(steps, { idleTimeoutMs })).toBe(expected);
  });

  it("not while its reader holds the kernel up", () => {
    let held = 2;
    const options = { idleTimeoutMs: 1_000, isHeldUp: () => held-- > 0 };
    expect(trace(["ok", 1_000, 1_000, 999, 1], options)).toBe("missing at 1");
  });

  it.each<[string, Step[], string, number]>([
    ["when what is late has come", ["ok", "idle", "print", "flushed"], "seen at flushed", 1],
    ["after a time, when that cannot be found out", ["ok", "idle", 900, "print", 1_000], "seen at 1000", 1],
    ["however much another prints", ["ok", "idle", 900, "other", 100], "seen at 100", 1],
    ["and not asked for before", ["ok", "print", 5_000], "open", 0],
  ])("of a kernel that prints late, %s", (_what, steps, expected, asked) => {
    const onIdle = vi.fn();
    expect(trace(steps, { onIdle })).toBe(expected);
    expect(onIdle).toHaveBeenCalledTimes(asked);
  });
});
