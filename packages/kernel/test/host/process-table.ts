import { readdirSync, readFileSync } from "node:fs";

/** Whether a process runs, and is not only waiting to be reaped. */
export function isAlive(pid: number): boolean {
  const stat = read(pid, "stat");
  return stat !== "" && !/^\d+ \(.*\) Z/s.test(stat);
}

/** The live processes that were started with a variable in the environment, or have a text in their arguments. */
export function processesWith(marks: {
  readonly environment: string;
  readonly argument: string;
}): readonly number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => pid !== process.pid && isAlive(pid))
    .filter(
      (pid) =>
        read(pid, "environ").split("\0").includes(marks.environment) ||
        read(pid, "cmdline").includes(marks.argument),
    );
}

/** The memory of a process that is its own and not a file's, in bytes. */
export function ownMemory(pid: number): number {
  return 1024 * Number(/RssAnon:\s+(\d+)/.exec(read(pid, "status"))?.[1] ?? 0);
}

function read(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, "utf8");
  } catch {
    return "";
  }
}
