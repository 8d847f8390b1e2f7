import { readdir, readFile } from "node:fs/promises";
import { killAll } from "../kill-all.ts";

/** What is killed may have started something just before; more than this is not done by an accident. */
const MOST_ROUNDS = 20;

/**
 * Kills what carries a workload's id in its environment, in whatever group or session it is, until a look finds
 * nothing. Linux only: elsewhere the process group is all that can be found.
 */
export async function killLeft(workloadId: string): Promise<void> {
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const left = await carriersOf(workloadId);
    if (left.length === 0) return;
    killAll(left);
  }
}

async function carriersOf(workloadId: string): Promise<readonly number[]> {
  const mark = `NOTEMILL_WORKLOAD=${workloadId}`;
  const names = (await readdir("/proc").catch(() => [])).filter((name) => /^\d+$/.test(name));
  const environments = await Promise.all(
    names.map((name) => readFile(`/proc/${name}/environ`, "utf8").catch(() => "")),
  );
  return names.filter((_, at) => environments[at]?.split("\0").includes(mark)).map(Number);
}
