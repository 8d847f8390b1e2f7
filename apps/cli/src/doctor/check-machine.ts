import { execFile } from "node:child_process";
import { statfs } from "node:fs/promises";
import { tmpdir } from "node:os";
import { promisify } from "node:util";
import type { Kernelspec } from "@notemill/kernel";
import { installedKernelspecs } from "../built-in-kernelspecs.ts";

/** One thing that was looked at. */
export interface Finding {
  readonly level: "ok" | "warning" | "error";
  readonly subject: string;
  readonly message: string;
  /** What to do about it. */
  readonly remedy?: string;
}

const run = promisify(execFile);

/** Least Node that the packages run on. */
const LEAST_NODE = { major: 22, minor: 18 };

/** A disk with less room than this is worth a word, in bytes. */
const LITTLE_SPACE = 512 * 1024 * 1024;

/** Looks at everything that Notemill needs of a machine. Changes nothing. */
export async function checkMachine(): Promise<readonly Finding[]> {
  const kernelspecs = await installedKernelspecs();
  return [
    checkNode(),
    checkKernelspecs(kernelspecs),
    ...(await Promise.all(kernelspecs.map(checkKernelspec))),
    await checkSpace("working directory", process.cwd()),
    await checkSpace("temporary directory", tmpdir()),
  ];
}

function checkNode(): Finding {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  const message = `Node ${process.versions.node}`;
  const { major: leastMajor, minor: leastMinor } = LEAST_NODE;
  if (major > leastMajor || (major === leastMajor && minor >= leastMinor))
    return { level: "ok", subject: "node", message };
  return {
    level: "error",
    subject: "node",
    message,
    remedy: `Notemill needs Node ${leastMajor}.${leastMinor} or newer`,
  };
}

function checkKernelspecs(kernelspecs: readonly Kernelspec[]): Finding {
  if (kernelspecs.length > 0) {
    return { level: "ok", subject: "kernels", message: `${kernelspecs.length} kernelspecs are installed` };
  }
  return {
    level: "error",
    subject: "kernels",
    message: "no kernelspec is installed",
    remedy: "install one: python3 -m pip install ipykernel",
  };
}

async function checkKernelspec({ name, argv, displayName }: Kernelspec): Promise<Finding> {
  const subject = `kernel ${name}`;
  const [command = ""] = argv;
  try {
    await run("/bin/sh", ["-c", 'command -v "$1"', "sh", command]);
    return { level: "ok", subject, message: displayName };
  } catch {
    return {
      level: "error",
      subject,
      message: `its command "${command}" is not to be found`,
      remedy: "install the kernel again, or remove its kernelspec: jupyter kernelspec remove " + name,
    };
  }
}

/** How much room a disk has. */
export async function checkSpace(subject: string, path: string): Promise<Finding> {
  const { bavail, bsize } = await statfs(path);
  const free = bavail * bsize;
  const message = `${(free / 1024 ** 3).toFixed(1)} GiB free in ${path}`;
  if (free > LITTLE_SPACE) return { level: "ok", subject, message };
  return {
    level: "warning",
    subject,
    message,
    remedy: "make room: output notebooks that cannot be saved fail their runs",
  };
}
