import { access, constants, glob } from "node:fs/promises";
import { join } from "node:path";
import type { Kernelspec } from "./kernelspec.ts";

/**
 * Makes a kernelspec `python3` for the first of some Python environments that
 * has ipykernel, which needs no kernelspec to be started.
 *
 * @returns `null` when none has it.
 */
export async function nativeKernelspec(prefixes: readonly string[]): Promise<Kernelspec | null> {
  for (const prefix of prefixes) {
    const python = await firstExecutable([join(prefix, "bin", "python3"), join(prefix, "bin", "python")]);
    if (python === null || !(await hasIpykernel(prefix))) continue;
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
  return null;
}

async function hasIpykernel(prefix: string): Promise<boolean> {
  // Debian has its packages in `python3/dist-packages`.
  const pattern = join(prefix, "lib", "python3*", "{site,dist}-packages", "ipykernel_launcher.py");
  for await (const _found of glob(pattern)) return true;
  return false;
}

async function firstExecutable(paths: readonly string[]): Promise<string | null> {
  for (const path of paths) {
    try {
      await access(path, constants.X_OK);
      return path;
    } catch {
      // The next one may be there.
    }
  }
  return null;
}
