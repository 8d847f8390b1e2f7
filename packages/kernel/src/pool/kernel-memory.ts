import { readFile } from "node:fs/promises";

/**
 * The memory that processes take, in bytes, or 0 for those where that cannot be read.
 *
 * What they share, as forks of one process do, is counted once.
 * Source: `Pss` in proc_pid_smaps(5); Linux only.
 */
export async function memoryOf(pids: readonly number[]): Promise<number> {
  const sizes = await Promise.all(pids.map(proportionalSize));
  return sizes.reduce((sum, size) => sum + size, 0);
}

async function proportionalSize(pid: number): Promise<number> {
  const summary = await readFile(`/proc/${pid}/smaps_rollup`, "utf8").catch(() => "");
  const [, kilobytes = "0"] = /^Pss:\s+(\d+) kB$/m.exec(summary) ?? [];
  return Number(kilobytes) * 1024;
}
