import { accessSync, constants } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import type { Kernelspec } from "./kernelspec.ts";

/** A command that means "the Python that this kernelspec belongs to". */
const BARE_PYTHON = /^python(\d+(\.\d+)?)?$/;

/**
 * What ipykernel is told beside its kernelspec: a run leaves nothing in its user's history and waits for no
 * database. And the kernel need not sleep before each reply, which is for clients that take a reply for the
 * end of the outputs; here the idle status is, which comes behind them on the same socket.
 */
const IPYKERNEL_ARGUMENTS = ["--HistoryManager.hist_file=:memory:", "--Kernel._execute_sleep=0"];

/**
 * The command that starts a kernel, with the kernelspec's placeholders filled in.
 *
 * A bare `python`, `python3` or `python3.11` means the interpreter of the
 * environment that the kernelspec is installed in, as in `jupyter_client`, which
 * runs in that environment. Where that has none, it is looked for in `searchPath`.
 */
export function kernelCommand(
  kernelspec: Kernelspec,
  connectionFile: string,
  searchPath: string = process.env["PATH"] ?? "",
): readonly string[] {
  const prefix = environmentPrefix(kernelspec.resourceDir);
  const values: Readonly<Record<string, string>> = {
    connection_file: connectionFile,
    resource_dir: kernelspec.resourceDir,
    prefix,
  };
  const [command = "", ...args] = kernelspec.argv.map((part) =>
    part.replace(/\{([A-Za-z0-9_]+)\}/g, (text, name: string) => values[name] ?? text),
  );
  const extra = args.includes("ipykernel_launcher") ? IPYKERNEL_ARGUMENTS : [];
  const found = BARE_PYTHON.test(command) ? findPython(command, prefix, searchPath) : command;
  return [found, ...args, ...extra];
}

/** The environment around `PREFIX/share/jupyter/kernels/NAME`, or `""`. */
function environmentPrefix(resourceDir: string): string {
  const share = dirname(dirname(dirname(resourceDir)));
  return share.endsWith("/share") ? dirname(share) : "";
}

function findPython(command: string, prefix: string, searchPath: string): string {
  const places = searchPath.split(delimiter).filter((place) => place !== "");
  const directories = prefix === "" ? places : [join(prefix, "bin"), ...places];
  // Some systems have no `python` beside their `python3`.
  const candidates = directories.flatMap((directory) =>
    [command, "python3", "python"].map((name) => join(directory, name)),
  );
  return candidates.find(isExecutable) ?? command;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
