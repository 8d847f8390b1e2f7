import { setTimeout as delay } from "node:timers/promises";
import { ClientError, ServerProblem } from "@notemill/client";

/** Waits between two tries, in milliseconds; the last one is repeated. */
const WAITS = [100, 200, 500, 1000, 2000];

/**
 * Asks again and again until the server answers; one that is away, or in
 * trouble, comes back.
 *
 * @throws what `ask` throws when the server has answered, and the reason of `signal`.
 */
export async function untilAnswered<T>(ask: () => Promise<T>, signal: AbortSignal): Promise<T> {
  for (let tries = 0; ; tries += 1) {
    try {
      return await ask();
    } catch (error) {
      if (signal.aborted) throw signal.reason;
      if (!isPassing(error)) throw error;
    }
    await delay(waitMs(tries), undefined, { signal }).catch(() => undefined);
  }
}

/** Whether it may go better next time. */
export function isPassing(error: unknown): boolean {
  if (error instanceof ServerProblem) return error.status >= 500;
  return error instanceof ClientError;
}

/** How long to wait after so many tries, in milliseconds. */
export function waitMs(tries: number): number {
  return WAITS[Math.min(tries, WAITS.length - 1)] ?? 0;
}
