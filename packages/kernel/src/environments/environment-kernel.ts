import { delimiter, join } from "node:path";
import type { Kernelspec } from "../kernelspec.ts";
import type { BuiltEnvironment } from "./build-environment.ts";
import type { ProcessEnvironment } from "./uv.ts";

/** A kernelspec for the Python of an environment; nothing has to be installed for it. */
export function environmentKernelspec({
  prefix,
  python,
}: Pick<BuiltEnvironment, "prefix" | "python">): Kernelspec {
  return {
    name: "python3",
    resourceDir: join(prefix, "share", "jupyter", "kernels", "python3"),
    argv: [python, "-m", "ipykernel_launcher", "-f", "{connection_file}"],
    displayName: "Python 3 (ipykernel)",
    language: "python",
    interruptMode: "signal",
    env: {},
    metadata: { debugger: true },
  };
}

/** The variables of a kernel in an environment: its programs first, and no packages of another one. */
export function environmentVariables(
  env: ProcessEnvironment,
  { prefix }: Pick<BuiltEnvironment, "prefix">,
): ProcessEnvironment {
  const { PYTHONPATH: _path, PYTHONHOME: _home, CONDA_PREFIX: _conda, ...rest } = env;
  return {
    ...rest,
    VIRTUAL_ENV: prefix,
    PATH: [join(prefix, "bin"), env["PATH"] ?? ""].filter((it) => it !== "").join(delimiter),
  };
}
