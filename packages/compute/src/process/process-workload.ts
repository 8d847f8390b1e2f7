import { constants } from "node:os";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type { EndReason, WorkloadSignal, WorkloadStatus } from "../compute-backend.ts";
import type { ProcessHold } from "../hold-processes.ts";
import { killLeft } from "./kill-left.ts";
import {
  parseTimes,
  processStart,
  readText,
  type WorkloadFile,
  writeWorkloadFile,
} from "./workload-files.ts";

/** A workload of this machine that runs, held by this process. */
export interface ProcessWorkload {
  status(): WorkloadStatus;
  /** Resolves when it is over and that is written down. */
  readonly over: Promise<WorkloadStatus>;
  signal(signal: WorkloadSignal): void;
  stop(reason: "killed" | "runtime_limit", graceMs: number): Promise<WorkloadStatus>;
  /** Looks after it no longer. */
  leave(): Promise<void>;
}

/** Time between two looks at a process that is not a child of this one, in milliseconds. */
const LOOK_MS = 100;

/**
 * Looks after a workload until it is over.
 *
 * @param exited - Resolves when its process has ended; null where that is no child of this process.
 */
export function lookAfter(
  directory: string,
  file: WorkloadFile,
  { hold, exited }: { readonly hold: ProcessHold; readonly exited: Promise<void> | null },
): ProcessWorkload {
  const { workload, pid } = file;
  const left = new AbortController();
  let isKilled = false;
  let timer: NodeJS.Timeout | undefined;
  const over = (async () => {
    await Promise.race([exited ?? untilGone(file, left.signal), aborted(left.signal)]);
    clearTimeout(timer);
    if (left.signal.aborted) return statusOf(file, hold);
    return end();
  })();

  async function end(): Promise<WorkloadStatus> {
    const [exit, reason, times] = await Promise.all(
      ["exit", "reason", "times"].map((name) => readText(join(directory, name))),
    );
    // Its supervisor clears up behind it, unless that was killed before it had done so.
    if (isKilled || exit === "") await killLeft(workload.id);
    const isMemoryExceeded = hold.isMemoryExceeded();
    const { usage } = hold;
    await hold[Symbol.asyncDispose]();
    const cpuSeconds = parseTimes(times ?? "") ?? 0;
    const code = exit === undefined || exit === "" ? null : Number(exit);
    const ended: WorkloadFile = {
      ...file,
      over: {
        reason: reasonOf(reason ?? "", { isMemoryExceeded, code }),
        exitCode: code === null || code > 128 ? null : code,
        signal: code === null ? "SIGKILL" : code > 128 ? signalName(code - 128) : null,
        at: new Date().toISOString(),
      },
      usage: usage && {
        peakMemoryBytes: usage.peakMemoryBytes,
        cpuSeconds: Math.max(usage.cpuSeconds, cpuSeconds),
      },
    };
    await writeWorkloadFile(directory, ended);
    return statusOf(ended, null);
  }

  const signal = (name: WorkloadSignal): void => {
    try {
      process.kill(-pid, name);
    } catch {
      // It is over.
    }
  };
  const stop: ProcessWorkload["stop"] = async (reason, graceMs) => {
    // Who was first says why.
    await writeFile(join(directory, "reason"), reason, { flag: "wx" }).catch(() => undefined);
    signal("SIGTERM");
    const patience = new AbortController();
    await Promise.race([over, pause(graceMs, undefined, { signal: patience.signal }).catch(() => undefined)]);
    patience.abort();
    isKilled = true;
    signal("SIGKILL");
    return over;
  };
  const { runtimeMs, graceMs } = workload.limits;
  if (runtimeMs !== null) {
    const leftMs = Date.parse(file.startedAt) + runtimeMs - Date.now();
    // A longer time than timers know is the business of the next owner.
    timer = setTimeout(() => void stop("runtime_limit", graceMs), Math.min(Math.max(0, leftMs), 2 ** 31 - 1));
  }
  return {
    status: () => statusOf(file, hold),
    over,
    signal,
    stop,
    async leave() {
      left.abort();
      clearTimeout(timer);
      hold.rest();
      await over;
    },
  };
}

/** A workload as it is, by what is written down and what was measured since. */
export function statusOf(file: WorkloadFile, hold: ProcessHold | null): WorkloadStatus {
  const { id, owner, labels } = file.workload;
  return {
    id,
    owner,
    labels,
    startedAt: new Date(file.startedAt),
    end: file.over && { ...file.over, at: new Date(file.over.at) },
    enforcement: file.enforcement,
    usage: hold?.usage ?? file.usage,
  };
}

function reasonOf(
  reason: string,
  { isMemoryExceeded, code }: { readonly isMemoryExceeded: boolean; readonly code: number | null },
): EndReason {
  if (isMemoryExceeded) return "oom";
  if (reason === "runtime_limit" || reason === "lost") return reason;
  if (reason === "killed" || code === null) return "killed";
  return code === 0 ? "normal" : "failed";
}

function signalName(number: number): string {
  return Object.entries(constants.signals).find(([, it]) => it === number)?.[0] ?? `${number}`;
}

/** Resolves when a process is gone, or is another one. */
async function untilGone({ pid, processStart: start }: WorkloadFile, signal: AbortSignal): Promise<void> {
  while (!signal.aborted && (await isThere(pid, start)))
    await pause(LOOK_MS, undefined, { signal }).catch(() => undefined);
}

async function isThere(pid: number, start: string | null): Promise<boolean> {
  if (start !== null) return (await processStart(pid)) === start;
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }));
}
