import assert from "node:assert/strict";
import type { SeenOutput } from "./seen-output.ts";
import type { Tick } from "./ticking-notebook.ts";

/** How the statuses of the cells may read, by the status of the run. */
const CELLS: Readonly<Record<string, RegExp>> = {
  succeeded: /^(completed )+$/,
  failed: /^(completed )*(failed )?(pending )*$/,
  cancelled: /^(completed )*(failed )?(pending )*$/,
  lost: /^(completed )*(failed )?(pending )*$/,
};

/** Fails unless a notebook that was looked at agrees with itself: the run, its cells and its marker cells. */
export function assertTruth({ status, failure, cells, ticks }: SeenOutput): void {
  const own = cells.filter((cell) => cell.status !== "marker");
  const text = own.map((cell) => `${cell.status} `).join("");
  assert.match(text, CELLS[status] ?? /^never$/, `the run is ${status}, and its cells are ${text}`);
  assert.equal(failure === undefined, status === "succeeded", `${status} with ${failure?.code}`);
  assert.equal(failure?.cell_id, own.find((cell) => cell.status === "failed")?.id, "the cell that is named");
  const markers = cells.length - own.length;
  assert.equal(markers, failure?.cell_id === undefined ? 0 : 2, "marker cells");
  const next = new Map<string, number>();
  for (const { cell, number } of ticks) {
    assert.equal(number, next.get(cell) ?? 0, `the lines of ${cell} have a gap or come twice`);
    next.set(cell, number + 1);
  }
}

/** The first line that was printed and is not in the notebook, if any. */
export function firstMissing(printed: readonly Tick[], { ticks }: SeenOutput): Tick | undefined {
  const seen = new Set(ticks.map(({ cell, number }) => `${cell} ${number}`));
  return printed.find(({ cell, number }) => !seen.has(`${cell} ${number}`));
}

/**
 * Fails when a line is missing that was printed more than a second before `atMs`.
 *
 * @param latenessMs - For how long a busy machine had held up whoever saves; so much later may it have saved.
 * @returns The age of the oldest line that is missing, in milliseconds.
 */
export function assertComplete(
  printed: readonly Tick[],
  seen: SeenOutput,
  { atMs, latenessMs }: { readonly atMs: number; readonly latenessMs: number },
): number {
  const missing = firstMissing(printed, seen);
  if (!missing) return 0;
  const ageMs = atMs - missing.timeMs;
  const line = `${missing.cell} ${missing.number}`;
  assert.ok(ageMs <= 1000 + latenessMs, `"${line}" is missing, ${ageMs} ms old (late: ${latenessMs} ms)`);
  return Math.max(0, ageMs);
}
