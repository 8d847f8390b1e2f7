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
  /** Says that the server has refused something of this attempt: somebody else has it. */
  giveUp(): void;
  /**
   * Says that its end is being handed in: the answer to that says whose it is. A heartbeat that the server hears
   * behind it is not answered as one of an attempt that goes on, and means nothing.
   */
  handIn(): void;
}

/** How often the server wants to hear of the attempts, and how long it waits. */
export interface HeartbeatSettings {
  readonly leaseMs: number;
  readonly heartbeatMs: number;
}

/** All attempts of a runner, whose leases it renews together. */
export interface Holdings extends AsyncDisposable {
  settings(settings: HeartbeatSettings): void;
  /** @param since - When its lease began, by the clock of `performance`. */
  hold(attempt: Pick<ClaimedAttempt, "id" | "fence">, since: number): Held;
  /** Stops an attempt that somebody wants to cancel. */
  cancel(attemptId: string): void;
  /** Attempts that are being stopped. */
  readonly stopping: readonly string[];
  /** The fence of an attempt that this runner has. */
  fenceOf(attemptId: string): number | undefined;
}

/** After this part of a lease without an answer the kernels are stopped, so that no other attempt runs beside them. */
const GIVE_UP = 0.75;

interface Entry {
  readonly fence: number;
  readonly stop: AbortController;
  readonly lost: AbortController;
  renewedAt: number;
  isHandedIn: boolean;
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
    // An answer that comes after it was given up is of no use.
    const answerMs = Math.max(settings.heartbeatMs, settings.leaseMs / 3);
    const waitMs = Math.max(1, Math.min(answerMs, untilGivenUpMs()));
    const signal = AbortSignal.any([over.signal, AbortSignal.timeout(Math.ceil(waitMs))]);
    const answer =
      attempts.length === 0
        ? undefined
        : await client.heartbeat({ runner_id: runnerId, attempts }, { signal }).catch(() => undefined);
    for (const { id } of attempts) {
      const entry = entries.get(id);
      if (entry === undefined) continue;
      if (answer?.renewed.includes(id) === true) entry.renewedAt = askedAt;
      else if ((answer !== undefined && !entry.isHandedIn) || isTooOld(entry)) giveUp(entry);
      if (answer?.cancelled.includes(id) === true) entry.stop.abort("a request" satisfies StopReason);
    }
    schedule(answer === undefined && attempts.length > 0);
  };
  const schedule = (isLate: boolean): void => {
    clearTimeout(timer);
    if (over.signal.aborted || entries.size === 0) return;
    // While the server is away it is asked more often: a lease may be short.
    const ms = isLate ? Math.min(1000, settings.heartbeatMs) : settings.heartbeatMs;
    timer = setTimeout(
      () => {
        beating = beat().finally(() => (beating = undefined));
      },
      Math.max(0, Math.min(ms, untilGivenUpMs())),
    );
  };
  const untilGivenUpMs = (): number => {
    const held = [...entries.values()].filter(({ lost }) => !lost.signal.aborted);
    const oldest = Math.min(...held.map(({ renewedAt }) => renewedAt));
    return oldest + settings.leaseMs * GIVE_UP - performance.now();
  };
  const isTooOld = ({ renewedAt }: Entry): boolean =>
    performance.now() - renewedAt >= settings.leaseMs * GIVE_UP;

  return {
    settings: (given) => void (settings = given),
    hold({ id, fence }, since) {
      const entry: Entry = {
        fence,
        stop: new AbortController(),
        lost: new AbortController(),
        renewedAt: since,
        isHandedIn: false,
      };
      entries.set(id, entry);
      // The answer was so long on its way that somebody else may have the attempt by now.
      if (isTooOld(entry)) giveUp(entry);
      if (stopAll.aborted) stopEvery();
      if (entries.size === 1 && beating === undefined) schedule(false);
      return {
        stop: entry.stop.signal,
        lost: entry.lost.signal,
        giveUp: () => giveUp(entry),
        handIn: () => void (entry.isHandedIn = true),
        [Symbol.dispose]: () => void entries.delete(id),
      };
    },
    cancel: (attemptId) => entries.get(attemptId)?.stop.abort("a request" satisfies StopReason),
    get stopping() {
      return [...entries].filter(([, { stop }]) => stop.signal.aborted).map(([id]) => id);
    },
    fenceOf: (attemptId) => entries.get(attemptId)?.fence,
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
