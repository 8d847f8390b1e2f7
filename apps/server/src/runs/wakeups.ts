import { type Driver, READY_CHANNEL, RUN_CHANNEL } from "@notemill/store";

/** Lets requests wait for something to happen in the database. */
export interface Wakeups extends AsyncDisposable {
  /** Resolves when there may be an attempt to claim, or after `ms`, or when `signal` aborts. Never rejects. */
  untilReady(ms: number, signal: AbortSignal): Promise<void>;
  /** Resolves likewise when something happened in a run. */
  untilRunChanged(runId: string, ms: number, signal: AbortSignal): Promise<void>;
}

/** Listens to the database. A notification is a hint: who waits looks again after a while anyway. */
export async function listenForWakeups(driver: Driver): Promise<Wakeups> {
  const ready = new Set<() => void>();
  const byRun = new Map<string, Set<() => void>>();
  const wakeAll = (waiting: Iterable<() => void>): void => {
    for (const wake of waiting) wake();
  };
  const listening = [
    await driver.listen(READY_CHANNEL, () => wakeAll(ready)),
    await driver.listen(RUN_CHANNEL, (runId) => {
      if (runId === "") for (const waiting of byRun.values()) wakeAll(waiting);
      else wakeAll(byRun.get(runId) ?? []);
    }),
  ];
  return {
    untilReady: (ms, signal) => until(ready, ms, signal),
    async untilRunChanged(runId, ms, signal) {
      const waiting = byRun.get(runId) ?? new Set();
      byRun.set(runId, waiting);
      await until(waiting, ms, signal);
      if (waiting.size === 0) byRun.delete(runId);
    },
    async [Symbol.asyncDispose]() {
      for (const it of listening) await it[Symbol.asyncDispose]();
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
