import { readdirSync, readFileSync } from "node:fs";
import { PLATFORM_MARK } from "../../../../tests/support/processes.ts";

/** Whether a process runs, and is not only waiting to be reaped. */
export function isAlive(pid: number): boolean {
  const stat = statOf(pid);
  return stat !== null && stat.state !== "Z";
}

/**
 * The processes that this one has started, and those that they have, but for a server that files of tests share:
 * what that has comes and goes.
 */
export function descendants(of = process.pid): readonly number[] {
  const children = readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => statOf(pid)?.parent === of && isAlive(pid) && !isOfPlatform(pid));
  return children.flatMap((pid) => [pid, ...descendants(pid)]);
}

/** The environment that a process was started with. */
export function initialEnvironment(pid: number): readonly string[] {
  return readFileSync(`/proc/${pid}/environ`, "utf8").split("\0");
}

function isOfPlatform(pid: number): boolean {
  try {
    return initialEnvironment(pid).some((it) => it.startsWith(`${PLATFORM_MARK}=`));
  } catch {
    return false;
  }
}

function statOf(pid: number): { readonly state: string; readonly parent: number } | null {
  let text;
  try {
    text = readFileSync(`/proc/${pid}/stat`, "utf8");
  } catch {
    return null;
  }
  const [state = "", parent = ""] = text.slice(text.lastIndexOf(")") + 2).split(" ");
  return { state, parent: Number(parent) };
}
