import type { RunDetail } from "@notemill/api";

type Samples = NonNullable<RunDetail["attempts"][number]["resources"]>["samples"];

/** What a kernel took as time went on. */
export interface UsageSeries {
  readonly everySeconds: number;
  readonly memoryBytes: readonly number[];
  /** How many processors it kept busy within each span. */
  readonly cpus: readonly number[];
}

/** Fewer make no line. */
const LEAST = 3;

/** Makes the lines of a chart; null where there is too little for one. */
export function usageSeries(samples: Samples | null): UsageSeries | null {
  if (samples === null || samples === undefined || samples.memory_bytes.length < LEAST) return null;
  const everySeconds = samples.every_ms / 1000;
  const cpus = samples.cpu_seconds.map((seconds, at) => {
    const before = samples.cpu_seconds[at - 1] ?? 0;
    return Math.max(0, seconds - before) / everySeconds;
  });
  return { everySeconds, memoryBytes: samples.memory_bytes, cpus };
}
