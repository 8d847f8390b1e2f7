import { readFile, writeFile } from "node:fs/promises";
import { cpus, release, totalmem } from "node:os";
import { type BenchmarkRow, type Measurement, median } from "./row.ts";

/** A row with what was measured. */
export interface BenchmarkResult {
  readonly row: Pick<BenchmarkRow, "number" | "name" | "work" | "peer" | "bar" | "unit">;
  readonly measured: Measurement;
}

/** A result as it is kept: with the day and the machine, since not all rows are measured at once. */
interface KeptResult extends BenchmarkResult {
  readonly date: string;
  readonly machine: string;
}

const RESULTS = "bench/results.json";

/** Ours to the peer's, by medians. */
export function ratioOf({ measured }: BenchmarkResult): number {
  return median(measured.ours) / median(measured.peer);
}

/** Keeps a result in the place of the last one of its row, and writes docs/benchmarks.md with all that are kept. */
export async function keepResult(result: BenchmarkResult, peers: string, date: Date): Promise<void> {
  const { number, name, work, peer, bar, unit } = result.row;
  const { measured } = result;
  const kept: KeptResult = {
    row: { number, name, work, peer, bar, unit },
    measured: { ours: measured.ours.map(rounded), peer: measured.peer.map(rounded) },
    date: date.toISOString().slice(0, 10),
    machine: `${machineNow()}; peers: ${peers}`,
  };
  const others = (JSON.parse(await readFile(RESULTS, "utf8")) as readonly KeptResult[]).filter(
    (it) => it.row.name !== name,
  );
  const results = [...others, kept].sort(
    (a, b) => a.row.number - b.row.number || (a.row.name < b.row.name ? -1 : 1),
  );
  await writeFile(RESULTS, `${JSON.stringify(results, null, 2)}\n`);
  await writeFile("docs/benchmarks.md", report(results));
}

/** Nobody compares more than four digits. */
function rounded(sample: number): number {
  return Number(sample.toPrecision(4));
}

function machineNow(): string {
  const [cpu] = cpus();
  const memory = `${Math.round(totalmem() / 1024 ** 3)} GiB`;
  return `${cpus().length} × ${cpu?.model ?? "unknown"}, ${memory}, ${process.platform} ${release()}, Node ${process.versions.node}`;
}

function report(results: readonly KeptResult[]): string {
  const tables = [...Map.groupBy(results, ({ machine }) => machine)].map(
    ([machine, measuredThere]) => `On ${machine}:

| # | Work | Against | Notemill | Peer | Ratio | Bar | | Measured |
| --- | --- | --- | --- | --- | --- | --- | --- | --- |
${measuredThere.map(tableRow).join("\n")}
`,
  );
  return `# Benchmarks

Written by \`npm run bench\`.

Both sides of a row were measured in one run, with the same kernel, and take turns where both have more than one sample.
Compare the ratios; the times belong to that machine on that day.
Times are medians, with the smallest and the largest sample in brackets.

${tables.join("\n")}
How each row is measured is in [bench/](../bench/README.md).
`;
}

function tableRow(result: KeptResult): string {
  const { row, measured, date } = result;
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
    date,
  ];
  return `| ${cells.join(" | ")} |`;
}

/** The median, and the range of more than one sample. */
export function figures(samples: readonly number[], unit: string): string {
  const shown = (value: number): string => (value >= 100 ? value.toFixed(0) : value.toPrecision(3));
  const middle = `${shown(median(samples))} ${unit}`;
  return samples.length < 2
    ? middle
    : `${middle} (${shown(Math.min(...samples))}–${shown(Math.max(...samples))})`;
}
