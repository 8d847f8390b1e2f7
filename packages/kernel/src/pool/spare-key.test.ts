import { describe, expect, it } from "vitest";
import type { StartKernelOptions } from "../start-kernel.ts";
import { spareKey } from "./spare-key.ts";

const options: StartKernelOptions = {
  kernelspec: {
    name: "ir",
    resourceDir: "/usr/share/jupyter/kernels/ir",
    argv: ["R", "-e", "IRkernel::main()", "--args", "{connection_file}"],
    displayName: "R",
    language: "R",
    interruptMode: "signal",
    env: { R_LIBS: "/srv/r" },
    metadata: {},
  },
  cwd: "/srv/run",
  env: { HOME: "/home/ada", PATH: "/usr/bin" },
};

describe("spareKey", () => {
  it.each<[string, Partial<StartKernelOptions>]>([
    ["the order of variables", { env: { PATH: "/usr/bin", HOME: "/home/ada" } }],
    ["variables that are not set", { env: { ...options.env, X: undefined } }],
    ["how long it may take", { startTimeoutMs: 1 }],
    ["who may end the start", { signal: new AbortController().signal }],
    ["who listens to its process", { onProcessOutput: () => {} }],
  ])("does not depend on %s", (_what, change) => {
    expect(spareKey({ ...options, ...change })).toBe(spareKey(options));
  });

  it.each<[string, Partial<StartKernelOptions>]>([
    ["directory", { cwd: "/srv/other" }],
    ["variable", { env: { ...options.env, TOKEN: "t" } }],
    ["variable of the kernelspec", { kernelspec: { ...options.kernelspec, env: {} } }],
    ["command", { kernelspec: { ...options.kernelspec, argv: ["R"] } }],
    ["transport", { transport: "tcp" }],
    ["runtime directory", { runtimeDir: "/run/x" }],
  ])("tells another %s apart", (_what, change) => {
    expect(spareKey({ ...options, ...change })).not.toBe(spareKey(options));
  });

  it("gives none to a start with a callback that could not be moved to another owner", () => {
    expect(spareKey({ ...options, onSomething: () => {} } as StartKernelOptions)).toBeNull();
  });
});
