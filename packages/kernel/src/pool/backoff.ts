import type { PoolClock } from "./pool-clock.ts";

const FIRST_MS = 1_000;
const LONGEST_MS = 300_000;

/** Spaces out the attempts at what keeps failing: a second, then twice as long each time, up to five minutes. */
export class Backoff {
  readonly #clock: PoolClock;
  readonly #failures = new Map<string, { readonly count: number; readonly until: number }>();

  constructor(clock: PoolClock) {
    this.#clock = clock;
  }

  /** Whether `key` may be tried now. */
  isDue(key: string): boolean {
    return this.#clock.now() >= (this.#failures.get(key)?.until ?? 0);
  }

  /** Notes a failure of `key` and gives the time until it may be tried again. */
  failed(key: string): number {
    const count = (this.#failures.get(key)?.count ?? 0) + 1;
    const delayMs = Math.min(FIRST_MS * 2 ** (count - 1), LONGEST_MS);
    this.#failures.set(key, { count, until: this.#clock.now() + delayMs });
    return delayMs;
  }

  succeeded(key: string): void {
    this.#failures.delete(key);
  }
}
