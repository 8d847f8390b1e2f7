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
  const missing = results.flatMap(({ missingMs }) => missingMs).sort((a, b) => a - b);
  const at = (share: number): number => missing[Math.floor((missing.length - 1) * share)] ?? 0;
  return [
    ...[...counts].sort().map(([what, count]) => `${String(count).padStart(5)} × ${what}`),
    `${results.length} rounds; oldest missing line of ${missing.length} notebooks that were cut short: ` +
      `median ${at(0.5)} ms, 95 % ${at(0.95)} ms, longest ${at(1)} ms before the fault`,
  ];
}
