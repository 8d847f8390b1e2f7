import { readFile } from "node:fs/promises";
import { hostname } from "node:os";
import { isJsonObject, type JsonValue } from "@notemill/json";

/** Whether the process that a notebook names as its writer still lives. */
export type WriterState = "alive" | "gone" | "unknown";

/** Clock ticks a second in `/proc`; 100 on every Linux that Node runs on. */
const TICKS = 100;

/** A process may be a little older than its first line of JavaScript, in milliseconds. */
const START_TOLERANCE_MS = 10_000;

/**
 * Looks for the process in `metadata.notemill.process`.
 *
 * A process id that was given to another process since is told apart by its
 * start time. A writer on another machine is `unknown`.
 */
export async function writerState(process: JsonValue | undefined): Promise<WriterState> {
  if (!isJsonObject(process)) return "unknown";
  const { host, pid, started } = process;
  if (host !== hostname()) return "unknown";
  if (typeof pid !== "number" || typeof started !== "string") return "unknown";
  if (!exists(pid)) return "gone";
  const startMs = await startTime(pid);
  if (startMs === undefined) return "alive";
  return Math.abs(startMs - Date.parse(started)) < START_TOLERANCE_MS ? "alive" : "gone";
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

/** When a process began, in milliseconds since 1970, where the system tells. */
async function startTime(pid: number): Promise<number | undefined> {
  try {
    const [own, machine] = await Promise.all([
      readFile(`/proc/${pid}/stat`, "utf8"),
      readFile("/proc/stat", "utf8"),
    ]);
    // The name in brackets may hold spaces and brackets; the fields behind it do not.
    const ticks = Number(own.slice(own.lastIndexOf(")") + 2).split(" ")[19]);
    const bootSeconds = Number(/^btime (\d+)$/m.exec(machine)?.[1]);
    return (bootSeconds + ticks / TICKS) * 1000;
  } catch {
    return undefined;
  }
}
