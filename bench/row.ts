/** One row of the table of benchmarks. */
export interface BenchmarkRow {
  /** Its place in the table. */
  readonly number: number;
  /** Name on the command line. */
  readonly name: string;
  readonly work: string;
  readonly peer: string;
  /** The largest ratio of ours to the peer's that is good enough. */
  readonly bar: number;
  readonly unit: "s" | "ms" | "MB";
  /** Measures both sides; `report` tells of progress. */
  readonly measure: (report: (text: string) => void) => Promise<Measurement>;
}

/** Samples of both sides, in the row's unit. */
export interface Measurement {
  readonly ours: readonly number[];
  readonly peer: readonly number[];
}

/** The middle of some samples. */
export function median(samples: readonly number[]): number {
  const sorted = [...samples].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const [low, high] = [sorted[sorted.length % 2 === 0 ? middle - 1 : middle], sorted[middle]];
  return (low + high) / 2;
}

/** The sample that the given part of all samples does not exceed. */
export function percentile(samples: readonly number[], part: number): number {
  const sorted = [...samples].sort((a, b) => a - b);
  return sorted[Math.ceil(part * sorted.length) - 1] ?? NaN;
}

/** Takes samples of two sides in turns, after one of each that does not count. */
export async function inTurns(
  rounds: number,
  ours: () => Promise<number>,
  peer: () => Promise<number>,
): Promise<Measurement> {
  await ours();
  await peer();
  const samples = { ours: [] as number[], peer: [] as number[] };
  for (let round = 0; round < rounds; round++) {
    samples.ours.push(await ours());
    samples.peer.push(await peer());
  }
  return samples;
}
