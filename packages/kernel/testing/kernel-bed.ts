import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { randomUUID } from "node:crypto";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { findKernelspec, findKernelspecs } from "../src/index.ts";
import type { Kernelspec, StartKernelOptions } from "../src/index.ts";

const root = fileURLToPath(new URL("../../../", import.meta.url));

/** The Python environments that the tests take kernels from: the product's, and the peers'. */
export const environments = {
  own: process.env["NOTEMILL_VENV"] ?? join(root, ".venv"),
  peers: process.env["NOTEMILL_PEERS_VENV"] ?? join(root, ".venv-peers"),
};

/** Finds a kernelspec in the environments of the tests, or else on this machine. */
export async function testKernelspec(name: string): Promise<Kernelspec> {
  const dataDirs = Object.values(environments).map((prefix) => join(prefix, "share", "jupyter"));
  return findKernelspec(await findKernelspecs({ dataDirs }), name);
}

/** A place where kernels are started, which can tell what they left. */
export interface KernelBed {
  /** For any start: everything that must be given. */
  options(kernelspec: Kernelspec): StartKernelOptions;
  readonly runtimeDir: string;
  /** What kernels started here have left: processes and files. Nothing, unless one lives. */
  remains(): readonly string[];
  /** Deletes the place. */
  remove(): void;
}

/** Makes a place of its own for kernels. */
export function makeKernelBed(): KernelBed {
  const runtimeDir = mkdtempSync(join(tmpdir(), "nmt-"));
  const mark = `NOTEMILL_TEST_BED=${randomUUID()}`;
  const [name = "", value = ""] = mark.split("=");
  return {
    runtimeDir,
    options: (kernelspec) => ({
      kernelspec,
      cwd: tmpdir(),
      env: { ...process.env, [name]: value },
      runtimeDir,
    }),
    remains: () => [...readdirSync(runtimeDir), ...processesWith(mark, runtimeDir)],
    remove: () => rmSync(runtimeDir, { recursive: true }),
  };
}

/** The live processes whose environment has a variable, or whose arguments contain a text. */
export function processesWith(variable: string, argument: string): readonly string[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid && isAlive(Number(name)))
    .filter(
      (pid) =>
        (variable !== "" && readProcess(pid, "environ").split("\0").includes(variable)) ||
        readProcess(pid, "cmdline").includes(argument),
    )
    .map((pid) => `${pid} ${readProcess(pid, "cmdline").replaceAll("\0", " ")}`);
}

/** The process that has started another. */
export function parentOf(pid: number): number {
  const stat = readProcess(String(pid), "stat");
  return Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]);
}

/** Whether a process runs, and is not only waiting to be reaped. */
export function isAlive(pid: number): boolean {
  const stat = readProcess(String(pid), "stat");
  return stat !== "" && !/^\d+ \(.*\) [ZX]/s.test(stat);
}

function readProcess(pid: string, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, "utf8");
  } catch {
    return "";
  }
}
