import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createThrottle } from "./throttle.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function make() {
  const calls: string[] = [];
  const throttle = createThrottle({
    process: { signalGroup: (signal) => calls.push(signal) },
    onStop: () => calls.push("stop"),
    onGo: () => calls.push("go"),
    patienceMs: 100,
  });
  return { throttle, calls };
}

describe("a throttle", () => {
  it("stops the kernel while its readers are behind", () => {
    const { throttle, calls } = make();
    throttle.onBacklog(true);
    throttle.onBacklog(true);
    expect(calls).toEqual(["stop", "SIGSTOP"]);
    throttle.onBacklog(false);
    throttle.onBacklog(false);
    expect(calls).toEqual(["stop", "SIGSTOP", "SIGCONT", "go"]);
  });

  it("lets it go on when they take too long", () => {
    const { throttle, calls } = make();
    throttle.onBacklog(true);
    vi.advanceTimersByTime(100);
    expect(calls.slice(2)).toEqual(["SIGCONT", "go"]);
    throttle.onBacklog(false);
    expect(calls.length).toBe(4);
  });

  it("does not stop one that is to end", () => {
    const { throttle, calls } = make();
    throttle.onBacklog(true);
    throttle.lift();
    throttle.onBacklog(true);
    expect(calls).toEqual(["stop", "SIGSTOP", "SIGCONT", "go"]);
  });
});
