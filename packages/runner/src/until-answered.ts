import { setTimeout as delay } from "node:timers/promises";
import { ClientError, ServerProblem } from "@notemill/client";

/** Waits between two tries, in milliseconds; the last one is repeated. */
const WAITS = [100, 200, 500, 1000, 2000];

/** What else {@link untilAnswered} waits for. */
export interface PatienceOptions {
  /** Codes of refusals that may be over soon. Default none. */
  readonly alsoPassing?: readonly string[];
  /** How long to hope for that, in milliseconds. Default 0. */
  readonly patienceMs?: number;
}

/**
 * Asks again and again until the server answers; one that is away, or in
 * trouble, comes back.
 *
 * @throws what `ask` throws when the server has answered, and the reason of `signal`.
 */
export async function untilAnswered<T>(
  ask: () => Promise<T>,
  signal: AbortSignal,
  options: PatienceOptions = {},
): Promise<T> {
  const { alsoPassing = [], patienceMs = 0 } = options;
  const begunAt = performance.now();
  for (let tries = 0; ; tries += 1) {
    try {
      return await ask();
    } catch (error) {
      if (signal.aborted) throw signal.reason;
      const mayPass =
        error instanceof ServerProblem &&
        alsoPassing.includes(error.code) &&
        performance.now() - begunAt < patienceMs;
      if (!mayPass && !isPassing(error)) throw error;
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
