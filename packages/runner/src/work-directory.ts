import { readdir, rm } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";

/** The directory of an attempt: below one of this process, so that what a dead one has left can be told. */
export function attemptDirectory(workDirectory: string, attemptId: string): string {
  return join(workDirectory, ownName(process.pid), attemptId);
}

/** Removes what runners of this machine have left that were killed. Others are left alone. */
export async function clearAway(workDirectory: string): Promise<void> {
  const names = await readdir(workDirectory).catch(() => []);
  for (const name of names) {
    const pid = Number(/-(\d+)$/.exec(name)?.[1]);
    if (name !== ownName(pid) || (pid !== process.pid && isAlive(pid))) continue;
    await rm(join(workDirectory, name), { recursive: true, force: true, maxRetries: 5 });
  }
}

/** The directory may be on a disk that machines share. */
function ownName(pid: number): string {
  return `${hostname()}-${pid}`;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== "ESRCH";
  }
}
