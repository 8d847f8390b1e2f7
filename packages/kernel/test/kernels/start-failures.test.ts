import { chmodSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startKernel } from "../../src/index.ts";
import type { Kernelspec, StartKernelOptions } from "../../src/index.ts";
import { makeKernelBed } from "../../testing/kernel-bed.ts";
import type { KernelBed } from "../../testing/kernel-bed.ts";

let bed: KernelBed;
beforeEach(() => {
  bed = makeKernelBed();
});
afterEach(() => {
  const remains = bed.remains();
  bed.remove();
  expect(remains).toEqual([]);
});

/** Starts a command as if it were a kernel, and gives what it fails with. */
async function failure(argv: readonly string[], options: Partial<StartKernelOptions> = {}): Promise<unknown> {
  const kernelspec: Kernelspec = {
    name: "broken",
    resourceDir: "/",
    argv,
    displayName: "",
    language: "",
    interruptMode: "signal",
    env: {},
    metadata: {},
  };
  return startKernel({ ...bed.options(kernelspec), ...options }).catch((error: unknown) => error);
}

const sh = (script: string): readonly string[] => ["/bin/sh", "-c", script];

describe("a start fails", () => {
  it("when the command is not there", async () => {
    expect(await failure(["/nowhere/kernel"])).toMatchObject({
      code: "KERNEL_START_FAILED",
      message: expect.stringContaining('cannot run "/nowhere/kernel"'),
      cause: expect.objectContaining({ code: "ENOENT" }),
    });
  });

  it("when the working directory is not there", async () => {
    expect(await failure(sh("exit"), { cwd: "/nowhere" })).toMatchObject({
      code: "KERNEL_START_FAILED",
      message: expect.stringContaining("in /nowhere"),
    });
  });

  it.each(["ipc", "tcp"] as const)(
    "when the process ends, and says what it said last (%s)",
    async (transport) => {
      const heard: string[] = [];
      const onProcessOutput = (stream: string, text: string): unknown => heard.push(`${stream}: ${text}`);
      const script = "echo out; echo first >&2; echo 'No module named x' >&2; sleep 600 & exit 7";
      expect(await failure(sh(script), { transport, onProcessOutput })).toMatchObject({
        code: "KERNEL_START_FAILED",
        message: 'kernel "broken" ended before it was ready (exit code 7): No module named x',
        details: { name: "broken", exitCode: 7, signal: null, stderr: "first\nNo module named x" },
      });
      expect(heard.join("")).toContain("stdout: out");
    },
  );

  it("when the process is killed", async () => {
    expect(await failure(sh("kill -9 $$"))).toMatchObject({
      code: "KERNEL_START_FAILED",
      details: { exitCode: null, signal: "SIGKILL" },
    });
  });

  it("when it does not answer in time", async () => {
    expect(await failure(sh("sleep 600"), { startTimeoutMs: 50 })).toMatchObject({
      code: "KERNEL_START_TIMED_OUT",
      details: { name: "broken", startTimeoutMs: 50 },
    });
  });

  it("when it is given up, before and after it has begun", async () => {
    const signal = AbortSignal.abort(new Error("no"));
    const expected = { code: "KERNEL_START_ABORTED", cause: new Error("no") };
    expect(await failure(sh("sleep 600"), { signal })).toMatchObject(expected);
    const given = new AbortController();
    const onProcessOutput = (): void => given.abort(new Error("no"));
    expect(await failure(sh("echo; sleep 600"), { signal: given.signal, onProcessOutput })).toMatchObject(
      expected,
    );
  });

  it.each([
    ["open to others", (): string => bed.runtimeDir, /is open to others \(mode 0755\)/],
    ["no directory", (): string => "/dev/null", /cannot be made/],
    ["too long for a socket", (): string => join(tmpdir(), "x".repeat(70)), /is longer than/],
  ])("when the runtime directory is %s", async (_what, runtimeDir, message) => {
    chmodSync(bed.runtimeDir, 0o755);
    expect(await failure(sh("exit"), { runtimeDir: runtimeDir() })).toMatchObject({
      code: "RUNTIME_DIRECTORY_UNUSABLE",
      message: expect.stringMatching(message),
    });
  });
});
