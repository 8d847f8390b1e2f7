import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Kernelspec } from "./kernelspec.ts";

/**
 * The command that starts a kernel, with the kernelspec's placeholders filled in.
 *
 * A bare `python`, `python3` or `python3.11` means the interpreter of the
 * environment that the kernelspec is installed in, where that has one.
 */
export function kernelCommand(kernelspec: Kernelspec, connectionFile: string): readonly string[] {
  const prefix = environmentPrefix(kernelspec.resourceDir);
  const values: Readonly<Record<string, string>> = {
    connection_file: connectionFile,
    resource_dir: kernelspec.resourceDir,
    prefix,
  };
  const [command = "", ...args] = kernelspec.argv.map((part) =>
    part.replace(/\{([A-Za-z0-9_]+)\}/g, (text, name: string) => values[name] ?? text),
  );
  const owned = join(prefix, "bin", "python");
  const isBarePython = /^python\d*(\.\d+)?$/.test(command);
  const extra = args.includes("ipykernel_launcher") ? ["--HistoryManager.hist_file=:memory:"] : [];
  return [isBarePython && prefix !== "" && existsSync(owned) ? owned : command, ...args, ...extra];
}

/** The environment around `PREFIX/share/jupyter/kernels/NAME`, or `""`. */
function environmentPrefix(resourceDir: string): string {
  const share = dirname(dirname(dirname(resourceDir)));
  return share.endsWith("/share") ? dirname(share) : "";
}
