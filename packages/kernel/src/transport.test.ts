import { describe, expect, it } from "vitest";
import type { Kernelspec } from "./kernelspec.ts";
import { usualTransport } from "./transport.ts";

const kernelspec: Kernelspec = {
  name: "k",
  resourceDir: "/r",
  argv: [],
  displayName: "K",
  language: "",
  interruptMode: "signal",
  env: {},
  metadata: {},
};

describe("usualTransport", () => {
  it.each([
    [["python", "-m", "ipykernel_launcher", "-f", "{connection_file}"], "ipc"],
    [["/opt/env/bin/python3.12", "-m", "bash_kernel", "-f", "{connection_file}"], "ipc"],
    [["R", "--slave", "-e", "IRkernel::main()", "--args", "{connection_file}"], "ipc"],
    [["/x/deno", "jupyter", "--kernel", "--conn", "{connection_file}"], "tcp"],
    [["java", "-jar", "almond.jar", "--connection-file", "{connection_file}"], "tcp"],
    [["pythonic", "-m", "x"], "tcp"],
    [[], "tcp"],
  ])("of %j is %s", (argv, transport) => {
    expect(usualTransport({ ...kernelspec, argv })).toBe(transport);
  });
});
