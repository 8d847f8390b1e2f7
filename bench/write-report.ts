import { writeFile } from "node:fs/promises";
import { cpus, release, totalmem } from "node:os";
import { type BenchmarkRow, type Measurement, median } from "./row.ts";

/** A row with what was measured. */
export interface BenchmarkResult {
  readonly row: BenchmarkRow;
  readonly measured: Measurement;
}

/** Ours to the peer's, by medians. */
export function ratioOf({ measured }: BenchmarkResult): number {
  return median(measured.ours) / median(measured.peer);
}

/** Writes docs/benchmarks.md. */
export async function writeReport(
  results: readonly BenchmarkResult[],
  versions: string,
  date: Date,
): Promise<void> {
  const rows = results.map((result) => {
    const { row, measured } = result;
    const ratio = ratioOf(result);
    const cells = [
      String(row.number),
      row.work,
      row.peer,
      figures(measured.ours, row.unit),
      figures(measured.peer, row.unit),
      ratio.toFixed(3),
      `≤ ${row.bar}`,
      ratio <= row.bar ? "met" : "**missed**",
    ];
    return `| ${cells.join(" | ")} |`;
  });
  const [cpu] = cpus();
  const text = `# Benchmarks

Written by \`npm run bench\` on ${date.toISOString().slice(0, 10)}.

Machine: ${cpus().length} × ${cpu?.model ?? "unknown"}, ${Math.round(totalmem() / 1024 ** 3)} GiB, ${process.platform} ${release()}, Node ${process.versions.node}.
Peers: ${versions}.

Both sides of a row were measured in one run, with the same kernel, and take turns where both have more than one sample.
Compare the ratios; the times belong to this machine on that day.
Times are medians, with the smallest and the largest sample in brackets.

| # | Work | Against | Notemill | Peer | Ratio | Bar | |
| --- | --- | --- | --- | --- | --- | --- | --- |
${rows.join("\n")}

How each row is measured is in [bench/](../bench/README.md).
`;
  await writeFile("docs/benchmarks.md", text);
}

/** The median, and the range of more than one sample. */
export function figures(samples: readonly number[], unit: string): string {
  const shown = (value: number): string => (value >= 100 ? value.toFixed(0) : value.toPrecision(3));
  const middle = `${shown(median(samples))} ${unit}`;
  return samples.length < 2
    ? middle
    : `${middle} (${shown(Math.min(...samples))}–${shown(Math.max(...samples))})`;
}
