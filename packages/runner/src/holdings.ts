import type { ClaimedAttempt } from "@notemill/api";
import type { RunnerClient } from "@notemill/client";
import type { StopReason } from "./execute-attempt.ts";
import { RunnerError } from "./runner-error.ts";

/** An attempt that this runner has. Disposed of when it is over. */
export interface Held extends Disposable {
  /** Aborts with a {@link StopReason}. */
  readonly stop: AbortSignal;
  /** Aborts when the attempt is no longer this runner's. */
  readonly lost: AbortSignal;
}

/** How often the server wants to hear of the attempts, and how long it waits. */
export interface HeartbeatSettings {
  readonly leaseMs: number;
  readonly heartbeatMs: number;
}

/** All attempts of a runner, whose leases it renews together. */
export interface Holdings extends AsyncDisposable {
  settings(settings: HeartbeatSettings): void;
  hold(attempt: ClaimedAttempt): Held;
}

/** After this part of a lease without an answer the kernels are stopped, so that no other attempt runs beside them. */
const GIVE_UP = 0.75;

interface Entry {
  readonly fence: number;
  readonly stop: AbortController;
  readonly lost: AbortController;
  renewedAt: number;
}

/** Begins to renew. @param stopAll - Aborts to stop every attempt. */
export function createHoldings(
  client: Pick<RunnerClient, "heartbeat">,
  runnerId: string,
  stopAll: AbortSignal,
): Holdings {
  const entries = new Map<string, Entry>();
  const over = new AbortController();
  let settings: HeartbeatSettings = { leaseMs: 30_000, heartbeatMs: 5000 };
  let timer: NodeJS.Timeout | undefined;
  let beating: Promise<void> | undefined;

  const stopEvery = (): void => {
    for (const { stop } of entries.values()) stop.abort("the end of its runner" satisfies StopReason);
  };
  stopAll.addEventListener("abort", stopEvery);

  const beat = async (): Promise<void> => {
    const attempts = [...entries].map(([id, { fence }]) => ({ id, fence }));
    const askedAt = performance.now();
    const signal = AbortSignal.any([over.signal, AbortSignal.timeout(settings.heartbeatMs)]);
    const answer =
      attempts.length === 0
        ? undefined
        : await client.heartbeat({ runner_id: runnerId, attempts }, { signal }).catch(() => undefined);
    for (const { id } of attempts) {
      const entry = entries.get(id);
      if (entry === undefined) continue;
      if (answer?.renewed.includes(id) === true) entry.renewedAt = askedAt;
      else if (answer !== undefined || performance.now() - entry.renewedAt > settings.leaseMs * GIVE_UP)
        giveUp(entry);
      if (answer?.cancelled.includes(id) === true) entry.stop.abort("a request" satisfies StopReason);
    }
    schedule(answer === undefined && attempts.length > 0);
  };
  const schedule = (isLate: boolean): void => {
    clearTimeout(timer);
    if (over.signal.aborted || entries.size === 0) return;
    // While the server is away it is asked more often: a lease may be short.
    const ms = isLate ? Math.min(1000, settings.heartbeatMs) : settings.heartbeatMs;
    timer = setTimeout(() => {
      beating = beat().finally(() => (beating = undefined));
    }, ms);
  };

  return {
    settings: (given) => void (settings = given),
    hold({ id, fence }) {
      const entry: Entry = {
        fence,
        stop: new AbortController(),
        lost: new AbortController(),
        renewedAt: performance.now(),
      };
      entries.set(id, entry);
      if (stopAll.aborted) stopEvery();
      if (entries.size === 1 && beating === undefined) schedule(false);
      return {
        stop: entry.stop.signal,
        lost: entry.lost.signal,
        [Symbol.dispose]: () => void entries.delete(id),
      };
    },
    async [Symbol.asyncDispose]() {
      over.abort();
      clearTimeout(timer);
      stopAll.removeEventListener("abort", stopEvery);
      await beating;
    },
  };
}

function giveUp({ stop, lost }: Entry): void {
  const message = "the lease of the attempt has been lost; its kernel was stopped";
  stop.abort("the loss of its lease" satisfies StopReason);
  lost.abort(new RunnerError("RUNNER_LOST", message));
}
