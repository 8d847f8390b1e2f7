import {
  type Driver,
  OUTBOX_CHANNEL,
  READY_CHANNEL,
  RUN_CHANNEL,
  RUNNER_CHANNEL,
  TRIGGER_CHANNEL,
} from "@notemill/store";

/** Lets requests wait for something to happen in the database. */
export interface Wakeups extends AsyncDisposable {
  /** Resolves when there may be an attempt to claim, or after `ms`, or when `signal` aborts. Never rejects. */
  untilReady(ms: number, signal: AbortSignal): Promise<void>;
  /** Resolves likewise when something happened in a run. */
  untilRunChanged(runId: string, ms: number, signal: AbortSignal): Promise<void>;
  /** Resolves likewise when a trigger may be due. */
  untilTriggerDue(ms: number, signal: AbortSignal): Promise<void>;
  /** Resolves likewise when there may be something to send. */
  untilOutbox(ms: number, signal: AbortSignal): Promise<void>;
  /** Resolves likewise when there may be something to do for a runner beside its attempts. */
  untilOrders(runnerId: string, ms: number, signal: AbortSignal): Promise<void>;
}

/** Listens to the database. A notification is a hint: who waits looks again after a while anyway. */
export async function listenForWakeups(driver: Driver): Promise<Wakeups> {
  const ready = waitingByKey();
  const runs = waitingByKey();
  const runners = waitingByKey();
  const triggers = waitingByKey();
  const outbox = waitingByKey();
  const listening = [
    await driver.listen(READY_CHANNEL, () => ready.wake("")),
    await driver.listen(RUN_CHANNEL, (names) => {
      for (const name of names.split(" ")) runs.wake(name);
    }),
    await driver.listen(RUNNER_CHANNEL, runners.wake),
    await driver.listen(OUTBOX_CHANNEL, () => outbox.wake("")),
    await driver.listen(TRIGGER_CHANNEL, () => triggers.wake("")),
  ];
  return {
    untilReady: (ms, signal) => ready.until("any", ms, signal),
    untilRunChanged: runs.until,
    untilOutbox: (ms, signal) => outbox.until("any", ms, signal),
    untilTriggerDue: (ms, signal) => triggers.until("any", ms, signal),
    untilOrders: runners.until,
    async [Symbol.asyncDispose]() {
      for (const it of listening) await it[Symbol.asyncDispose]();
    },
  };
}

/** Who waits for what; waking the empty key wakes all. */
function waitingByKey(): {
  wake(key: string): void;
  until(key: string, ms: number, signal: AbortSignal): Promise<void>;
} {
  const byKey = new Map<string, Set<() => void>>();
  return {
    wake(key) {
      const woken = key === "" ? [...byKey.values()] : [byKey.get(key) ?? []];
      for (const waiting of woken) for (const wake of waiting) wake();
    },
    async until(key, ms, signal) {
      const waiting = byKey.get(key) ?? new Set();
      byKey.set(key, waiting);
      await until(waiting, ms, signal);
      if (waiting.size === 0) byKey.delete(key);
    },
  };
}

function until(waiting: Set<() => void>, ms: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted || ms <= 0) return Promise.resolve();
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      waiting.delete(done);
      signal.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    waiting.add(done);
    signal.addEventListener("abort", done);
  });
}
