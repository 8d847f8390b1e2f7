import { open, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Workload, WorkloadStatus } from "../compute-backend.ts";

/** What is kept of a workload that was started, its environment aside. */
export interface WorkloadFile {
  readonly workload: Omit<Workload, "env">;
  /** Its process, which leads its group. */
  readonly pid: number;
  /** When the process began, as the system counts it: another process may get the same number. Null on no Linux. */
  readonly processStart: string | null;
  readonly startedAt: string;
  readonly enforcement: WorkloadStatus["enforcement"];
  /** How it ended; null before. */
  readonly over: (Omit<NonNullable<WorkloadStatus["end"]>, "at"> & { readonly at: string }) | null;
  readonly usage: WorkloadStatus["usage"];
}

/** Replaces what is kept, in one step. */
export async function writeWorkloadFile(directory: string, file: WorkloadFile): Promise<void> {
  const path = join(directory, "workload.json");
  await writeFile(`${path}.new`, JSON.stringify(file));
  await rename(`${path}.new`, path);
}

/** What is kept; null where nothing is, or a crash came before. */
export async function readWorkloadFile(directory: string): Promise<WorkloadFile | null> {
  const text = await readText(join(directory, "workload.json"));
  return text === "" ? null : (JSON.parse(text) as WorkloadFile);
}

/** A small file that may not be there. */
export async function readText(path: string): Promise<string> {
  return (await readFile(path, "utf8").catch(() => "")).trim();
}

/** The last bytes of a file, from a whole character on; nothing where there is no file. */
export async function readTail(path: string, bytes: number): Promise<string> {
  const handle = await open(path, "r").catch(() => null);
  if (handle === null) return "";
  try {
    const { size } = await handle.stat();
    const start = Math.max(0, size - bytes);
    const { buffer, bytesRead } = await handle.read({ buffer: Buffer.alloc(size - start), position: start });
    const bytesThere = buffer.subarray(0, bytesRead);
    // What begins in the middle of a character begins behind it.
    const first = start === 0 ? 0 : bytesThere.findIndex((byte) => (byte & 0xc0) !== 0x80);
    return bytesThere.subarray(Math.max(0, first)).toString("utf8");
  } finally {
    await handle.close();
  }
}

/** The field of `/proc/PID/stat` that tells a process from a later one with its number; null where it is gone. */
export async function processStart(pid: number): Promise<string | null> {
  const text = await readText(`/proc/${pid}/stat`);
  // It is the 22nd; the third one follows the name in parentheses.
  return text === "" ? null : (text.slice(text.lastIndexOf(")") + 2).split(" ")[19] ?? null);
}

/** Processor time of a shell's children in seconds, as its command `times` writes it on the second line. */
export function parseTimes(text: string): number | null {
  const found = [...(text.trim().split("\n")[1] ?? "").matchAll(/(\d+)m([\d.]+)s/g)];
  if (found.length !== 2) return null;
  return found.reduce((sum, [, minutes, seconds]) => sum + Number(minutes) * 60 + Number(seconds), 0);
}
