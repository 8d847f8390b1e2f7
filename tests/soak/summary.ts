import type { RoundResult } from "./round.ts";

/** What was done how often, how it ended, and how much was missing. */
export function summaryOf(results: readonly RoundResult[]): string[] {
  const counts = new Map<string, number>();
  for (const { what, hasHit, statuses } of results) {
    for (const status of statuses) {
      const key = `${what}${hasHit ? "" : " (too late)"} → ${status}`;
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
  }
  const ages = results.flatMap(({ missingMs }) => missingMs).sort((a, b) => a - b);
  const at = (share: number): number => ages[Math.floor((ages.length - 1) * share)] ?? 0;
  const late = ages.filter((ageMs) => ageMs > 1000).length;
  return [
    ...[...counts].sort().map(([what, count]) => `${String(count).padStart(5)} × ${what}`),
    `${results.length} rounds, ${ages.length} notebooks of runs that were hit; age of the oldest line that is missing: ` +
      `median ${at(0.5)} ms, 95 % ${at(0.95)} ms, longest ${at(1)} ms`,
    ...(late === 0
      ? []
      : [`${late} lack more than a second, by no more than the machine held the command up`]),
  ];
}
