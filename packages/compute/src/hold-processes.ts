import { readFileSync } from "node:fs";
import { limitResources } from "./limits/limit-resources.ts";
import type { Enforcement, LimitOptions } from "./limits/resource-limits.ts";
import { PAGE_BYTES } from "./page-bytes.ts";
import { parseProcessStat, type ProcessFacts, treeUsage } from "./process-tree.ts";
import { createUsageSampler, type UsageSampler, type UsageSamples } from "./usage-samples.ts";
import { type ProcessWatch, watchProcesses } from "./watch-processes.ts";

/** What processes took together so far. */
export interface Usage {
  /** The most memory that a look has found. */
  readonly peakMemoryBytes: number;
  readonly cpuSeconds: number;
}

/** The same, as time went on. */
export interface UsageOverTime extends Usage {
  readonly samples: UsageSamples;
}

/**
 * A process with all that it starts, held together: under limits, and measured.
 * Disposing of it ends the measuring and kills what is left under the limits.
 */
export interface ProcessHold extends AsyncDisposable {
  readonly enforcement: Enforcement;
  /** Puts a process under the limits and begins to measure it. */
  add(pid: number): void;
  /** Measures now: what is short is over before anybody looks. */
  look(): void;
  /** Ends the measuring; the limits stay. */
  rest(): void;
  /** Null before anything was measured, and where the system does not tell. */
  readonly usage: UsageOverTime | null;
  /** Whether something was killed because they took too much memory. */
  isMemoryExceeded(): boolean;
}

/** Time between two looks at all processes, in milliseconds. */
const LOOK_MS = 500;

/** How many samples of what they take are kept. */
const MOST_SAMPLES = 120;

/** Makes the limits, under which nothing is yet. */
export function holdProcesses(options: LimitOptions): ProcessHold {
  const limits = limitResources(options);
  let root: number | undefined;
  let watch: ProcessWatch | undefined;
  let peakMemoryBytes = 0;
  let cpuSeconds = 0;
  // Of the process that was added last: one that goes on is measured anew.
  let begun: { readonly at: number; readonly cpuSeconds: number } | undefined;
  let sampler = createSampler();
  const note = (processes: readonly ProcessFacts[]): void => {
    const usage = root === undefined ? undefined : treeUsage(processes, root);
    if (usage === undefined) return;
    begun ??= { at: performance.now(), cpuSeconds };
    peakMemoryBytes = Math.max(peakMemoryBytes, usage.memoryBytes);
    cpuSeconds = Math.max(cpuSeconds, usage.cpuSeconds);
    sampler.add(performance.now() - begun.at, {
      memoryBytes: usage.memoryBytes,
      cpuSeconds: cpuSeconds - begun.cpuSeconds,
    });
  };
  const look = (): void => {
    const own = root === undefined ? undefined : readOne(root);
    if (own === undefined) return;
    note([own]);
    peakMemoryBytes = Math.max(peakMemoryBytes, own.peakMemoryBytes);
  };
  const rest = (): void => {
    watch?.[Symbol.dispose]();
    watch = undefined;
  };
  return {
    enforcement: limits.enforcement,
    add(pid) {
      limits.add(pid);
      root = pid;
      begun = undefined;
      sampler = createSampler();
      if (process.platform === "linux") watch ??= watchProcesses(LOOK_MS, note);
      look();
    },
    look,
    rest,
    get usage() {
      return peakMemoryBytes === 0 ? null : { peakMemoryBytes, cpuSeconds, samples: sampler.read() };
    },
    isMemoryExceeded: () => limits.isMemoryExceeded(),
    async [Symbol.asyncDispose]() {
      rest();
      await limits[Symbol.asyncDispose]();
    },
  };
}

function createSampler(): UsageSampler {
  return createUsageSampler({ everyMs: LOOK_MS, most: MOST_SAMPLES });
}

/** The process alone, with the most memory that it ever had. */
function readOne(pid: number): (ProcessFacts & Pick<Usage, "peakMemoryBytes">) | undefined {
  try {
    const facts = parseProcessStat(readFileSync(`/proc/${pid}/stat`, "utf8"), PAGE_BYTES);
    const [, peakKb = "0"] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
    return facts && { ...facts, peakMemoryBytes: Math.max(facts.memoryBytes, Number(peakKb) * 1024) };
  } catch {
    // It has ended, or this is no Linux.
    return undefined;
  }
}
