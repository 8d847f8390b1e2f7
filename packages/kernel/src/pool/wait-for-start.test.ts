import { describe, expect, it } from "vitest";
import { createManualClock } from "../../testing/manual-clock.ts";
import type { StartKernelOptions } from "../start-kernel.ts";
import { waitForStart } from "./wait-for-start.ts";

const options: StartKernelOptions = {
  kernelspec: {
    name: "ir",
    resourceDir: "/usr/share/jupyter/kernels/ir",
    argv: ["R"],
    displayName: "R",
    language: "R",
    interruptMode: "signal",
    env: {},
    metadata: {},
  },
  cwd: "/srv/run",
  env: {},
};
const never = new Promise<never>(() => {});

describe("waitForStart", () => {
  it("gives what comes in time, and what fails", async () => {
    const clock = createManualClock();
    expect(await waitForStart(Promise.resolve(1), options, clock)).toBe(1);
    await expect(waitForStart(Promise.reject(new Error("no")), options, clock)).rejects.toThrow("no");
  });

  it.each([
    [60_000, undefined],
    [500, 500],
  ])("gives up after %s ms when the start may take %s", async (limit, startTimeoutMs) => {
    const clock = createManualClock();
    const change = startTimeoutMs === undefined ? {} : { startTimeoutMs };
    const waiting = waitForStart(never, { ...options, ...change }, clock);
    clock.advance(limit);
    await expect(waiting).rejects.toMatchObject({
      code: "KERNEL_START_TIMED_OUT",
      message: `kernel "ir" was not ready within ${limit} ms`,
    });
  });

  it("gives up when it is told to, before or meanwhile", async () => {
    const abort = new AbortController();
    const waiting = waitForStart(never, { ...options, signal: abort.signal }, createManualClock());
    abort.abort(new Error("enough"));
    const aborted = { code: "KERNEL_START_ABORTED", cause: new Error("enough") };
    await expect(waiting).rejects.toMatchObject(aborted);
    const late = waitForStart(never, { ...options, signal: abort.signal }, createManualClock());
    await expect(late).rejects.toMatchObject(aborted);
  });
});
