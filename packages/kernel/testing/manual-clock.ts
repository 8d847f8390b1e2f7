import type { PoolClock } from "../src/index.ts";

/** A clock that stands still until it is moved. */
export interface ManualClock extends PoolClock {
  /** Moves the time and makes the calls that became due, in order. */
  advance(ms: number): void;
}

/** Makes a clock that stands at 0. */
export function createManualClock(): ManualClock {
  let now = 0;
  const due = new Set<{ readonly at: number; readonly callback: () => void }>();
  return {
    now: () => now,
    after(ms, callback) {
      const call = { at: now + ms, callback };
      due.add(call);
      return { cancel: () => void due.delete(call) };
    },
    advance(ms) {
      const end = now + ms;
      for (;;) {
        const [next] = [...due].filter(({ at }) => at <= end).toSorted((a, b) => a.at - b.at);
        if (!next) break;
        due.delete(next);
        now = next.at;
        next.callback();
      }
      now = end;
    },
  };
}
