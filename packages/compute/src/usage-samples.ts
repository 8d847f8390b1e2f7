/** What processes took over time, at even distances. */
export interface UsageSamples {
  /** How far they are from each other, in milliseconds. */
  readonly everyMs: number;
  /** The most memory that was seen within each. */
  readonly memoryBytes: readonly number[];
  /** Processor time from the beginning to the end of each. */
  readonly cpuSeconds: readonly number[];
}

/** Takes down what processes take as time goes on. */
export interface UsageSampler {
  /** @param atMs - Since the beginning, never less than before. */
  add(atMs: number, usage: { readonly memoryBytes: number; readonly cpuSeconds: number }): void;
  read(): UsageSamples;
}

/**
 * Makes one that keeps so many samples at most: when there are more, two neighbours become one, so that a day takes
 * as much room as a minute.
 */
export function createUsageSampler({
  everyMs: first,
  most,
}: {
  readonly everyMs: number;
  readonly most: number;
}): UsageSampler {
  let everyMs = first;
  let memory: number[] = [];
  let cpu: number[] = [];
  return {
    add(atMs, { memoryBytes, cpuSeconds }) {
      while (Math.floor(atMs / everyMs) >= most) {
        memory = pairs(memory, (a, b) => Math.max(a, b));
        cpu = pairs(cpu, (_a, b) => b);
        everyMs *= 2;
      }
      const place = Math.floor(atMs / everyMs);
      // Where nobody has looked it was as before, as far as anybody knows.
      while (memory.length < place) {
        memory.push(memory.at(-1) ?? memoryBytes);
        cpu.push(cpu.at(-1) ?? 0);
      }
      memory[place] = Math.max(memory[place] ?? 0, memoryBytes);
      cpu[place] = Math.max(cpu.at(-1) ?? 0, cpuSeconds);
    },
    read: () => ({ everyMs, memoryBytes: [...memory], cpuSeconds: [...cpu] }),
  };
}

function pairs(values: readonly number[], join: (a: number, b: number) => number): number[] {
  return values.flatMap((value, place) => (place % 2 === 0 ? [join(value, values[place + 1] ?? value)] : []));
}
