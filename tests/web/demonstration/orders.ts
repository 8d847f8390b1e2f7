import { readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { startCommand } from "../../support/cli.ts";

/** The regions in the order of the sweep; the last one's file has a value that is no number. */
export const REGIONS: readonly string[] = ["north", "east", "south", "west"].flatMap((side) =>
  [1, 2, 3, 4, 5].map((number) => `${side}-${number}`),
);

/** The daily files that the notebook audits. */
export interface Orders {
  readonly directory: string;
  /** The last day but one. */
  readonly dayBefore: string;
  /** Whether somebody may wait for a file. */
  readonly isHeld: boolean;
  /** Has whoever opens the files of these regions wait, as if they were still being written. */
  hold(regions: readonly string[]): Promise<void>;
  /** Puts the files there; who waits for one goes on waiting. */
  release(): Promise<void>;
}

/** The day of a moment, in UTC. */
export function dayAt(timeMs: number): string {
  return new Date(timeMs).toISOString().slice(0, 10);
}

/** Makes the files of `day` and of the two days before it. */
export async function makeOrders(directory: string, day: string): Promise<Orders> {
  // Somebody may have been kept waiting there before.
  await rm(join(directory, day), { recursive: true, force: true });
  await command("python3", "examples/demonstration/make-orders.py", directory, day);
  const held = new Map<string, string>();
  return {
    directory,
    dayBefore: dayAt(Date.parse(day) - 86_400_000),
    get isHeld() {
      return held.size > 0;
    },
    async hold(regions) {
      for (const region of regions) {
        const path = join(directory, day, `${region}.csv`);
        held.set(path, await readFile(path, "utf8"));
        await rm(path);
        await command("mkfifo", path);
      }
    },
    async release() {
      for (const [path, text] of held) {
        await writeFile(`${path}.new`, text);
        await rename(`${path}.new`, path);
      }
      held.clear();
    },
  };
}

async function command(name: string, ...words: readonly string[]): Promise<void> {
  const { exitCode, stderr } = await startCommand(name, words).result;
  if (exitCode !== 0) throw new Error(`${name} has failed: ${stderr}`);
}
