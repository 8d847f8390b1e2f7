import { readdir, readFile } from "node:fs/promises";
import { setTimeout as pause } from "node:timers/promises";

/** Names the processes of one test in their environment; a kernel gets it too, as it looks like Python's. */
export const PLATFORM_MARK = "PYTHON_NOTEMILL_TEST";

/** Ids of the processes whose environment has `name=value`; those of other users are left out. */
export async function processesWith(name: string, value: string): Promise<number[]> {
  const found: number[] = [];
  for (const entry of await readdir("/proc")) {
    if (!/^\d+$/.test(entry)) continue;
    const [environment, state] = await Promise.all([
      readFile(`/proc/${entry}/environ`, "utf8").catch(() => ""),
      readFile(`/proc/${entry}/stat`, "utf8").catch(() => ""),
    ]);
    const isZombie = state.slice(state.lastIndexOf(")") + 2).startsWith("Z");
    if (!isZombie && environment.split("\0").includes(`${name}=${value}`)) found.push(Number(entry));
  }
  return found;
}

/** Ends every process that has `name=value` in its environment, and waits until all have ended. */
export async function endAll(name: string, value: string): Promise<void> {
  for (const pid of await processesWith(name, value)) signalIfThere(pid, "SIGTERM");
  await allGone(name, value);
}

/** Sends a signal to a process, which may have ended by itself since it was found. */
export function signalIfThere(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

/** Waits until no process has `name=value` in its environment, as long as the test may take. */
export async function allGone(name: string, value: string): Promise<void> {
  // Each look reads two files of every process there is.
  while ((await processesWith(name, value)).length > 0) await pause(20);
}
