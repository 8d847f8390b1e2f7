import { jitterMs } from "../slots/jitter.ts";
import type { Instant } from "../slots/time-trigger.ts";
import type { Backoff, ErrorClass, RetryPolicy } from "./retry-policy.ts";

/** How an attempt failed. */
export interface AttemptFailure {
  readonly errorClass: ErrorClass;
  /** Code of the failure and name of the exception, for what they apply. */
  readonly names?: readonly string[];
  /** The attempt itself said that trying again is of no use. */
  readonly isFinal?: boolean;
}

/** Whether, and when, there is another attempt. */
export type NextAttempt =
  | { readonly kind: "retry"; readonly attempt: number; readonly notBefore: Instant }
  | { readonly kind: "give-up"; readonly why: "not_retryable" | "no_retries_left" };

/**
 * What follows the last of these failures.
 *
 * The limit and the backoff are those of its class, and count failures of that class only.
 *
 * @param id - Id of the run, which spreads the retries of runs that failed together.
 * @param failures - One of each attempt that failed, oldest first.
 */
export function nextAttempt(
  policy: RetryPolicy,
  id: string,
  failures: readonly AttemptFailure[],
  now: Instant,
): NextAttempt {
  const last = failures.at(-1);
  if (last === undefined) return { kind: "retry", attempt: 1, notBefore: now };
  const isNever = last.names?.some((name) => policy.never_retry.includes(name)) ?? false;
  if (last.isFinal === true || isNever) return { kind: "give-up", why: "not_retryable" };

  const { retries, backoff } = policy[last.errorClass];
  const retry = failures.filter(({ errorClass }) => errorClass === last.errorClass).length;
  if (retry > retries || failures.length > policy.max_retries) {
    return { kind: "give-up", why: "no_retries_left" };
  }
  const delayMs = backoffMs(backoff, retry);
  const spreadMs = jitterMs({ id, at: failures.length, maxMs: delayMs * policy.jitter });
  return { kind: "retry", attempt: failures.length + 1, notBefore: now + delayMs + spreadMs };
}

/** How long to wait before the `retry`-th retry, from 1, jitter aside. */
export function backoffMs(backoff: Backoff, retry: number): number {
  if (backoff.kind === "fixed") return backoff.delay_ms;
  return Math.round(Math.min(backoff.max_ms, backoff.base_ms * backoff.factor ** (retry - 1)));
}
