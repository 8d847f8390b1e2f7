import { readFileSync } from "node:fs";
import type { AttemptFacts } from "@notemill/api";
import type { RunEvent } from "@notemill/executor";
import {
  PAGE_BYTES,
  parseProcessStat,
  type ProcessFacts,
  type ProcessWatch,
  treeUsage,
  watchProcesses,
} from "@notemill/compute";

/** Measures what a kernel and the processes that it starts take. Disposed of when the attempt is over. */
export interface ResourceMeter extends Disposable {
  /** Told what happens in the attempt. */
  onEvent(event: RunEvent): void;
  /** The most memory and all processor time so far; null where the system does not tell. */
  readonly resources: AttemptFacts["resources"];
}

/** Time between two looks at all processes, in milliseconds. */
const LOOK_MS = 500;

/** Begins to measure when the events name a kernel. Linux only. */
export function measureResources(): ResourceMeter {
  let pid: number | undefined;
  let watch: ProcessWatch | undefined;
  let peakBytes = 0;
  let cpuSeconds = 0;
  const note = (processes: readonly ProcessFacts[]): void => {
    const usage = pid === undefined ? undefined : treeUsage(processes, pid);
    peakBytes = Math.max(peakBytes, usage?.memoryBytes ?? 0);
    cpuSeconds = Math.max(cpuSeconds, usage?.cpuSeconds ?? 0);
  };
  return {
    onEvent(event) {
      if (process.platform !== "linux") return;
      if (event.type === "kernel-ready") {
        ({ pid } = event);
        watch ??= watchProcesses(LOOK_MS, note);
      }
      // A short cell is over, and its kernel may be gone, before anybody looks.
      if (pid !== undefined && (event.type === "kernel-ready" || event.type === "cell-finished")) {
        const own = readOne(pid);
        if (own !== undefined) note([own]);
      }
    },
    get resources() {
      if (pid === undefined || peakBytes === 0) return null;
      return { peak_memory_bytes: peakBytes, cpu_seconds: cpuSeconds, measured_by: "process_tree" as const };
    },
    [Symbol.dispose]: () => watch?.[Symbol.dispose](),
  };
}

/** The process alone, with the most memory that it ever had. */
function readOne(pid: number): ProcessFacts | undefined {
  try {
    const facts = parseProcessStat(readFileSync(`/proc/${pid}/stat`, "utf8"), PAGE_BYTES);
    const [, peakKb = "0"] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
    return facts && { ...facts, memoryBytes: Math.max(facts.memoryBytes, Number(peakKb) * 1024) };
  } catch {
    // It has ended.
    return undefined;
  }
}
