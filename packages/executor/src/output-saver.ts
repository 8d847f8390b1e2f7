import type { Clock } from "./clock.ts";

/** Saves the output notebook while it grows, no more often than needed. */
export interface OutputSaver {
  /** Says that the document changed; a save follows within the interval. */
  changed(): void;
  /** Saves now, and waits until it is done. */
  flush(): Promise<void>;
  /** Stops the timer and waits for a save under way. Saves nothing by itself. */
  close(): Promise<void>;
}

/** Options of {@link createOutputSaver}. */
export interface OutputSaverOptions {
  /** Makes the document as it is now safe. */
  readonly save: () => Promise<void>;
  /** Least time between two saves, in milliseconds; `null` means that only {@link OutputSaver.flush} saves. */
  readonly intervalMs: number | null;
  readonly clock: Clock;
  /** Told when a save in the background fails; the next one is tried all the same. */
  readonly onError: (error: unknown) => void;
}

/** A save may take a tenth of the time at most; a slow store is saved to less often. */
const SHARE_OF_TIME = 10;

/** Makes an {@link OutputSaver}. One save runs at a time. */
export function createOutputSaver({ save, intervalMs, clock, onError }: OutputSaverOptions): OutputSaver {
  let cancelTimer: (() => void) | undefined;
  let current: Promise<void> = Promise.resolve();
  let pauseMs = intervalMs ?? 0;
  let closed = false;

  async function saveOnce(): Promise<void> {
    const begun = clock.now();
    await save();
    if (intervalMs !== null) pauseMs = Math.max(intervalMs, (clock.now() - begun) * SHARE_OF_TIME);
  }

  function queue(): Promise<void> {
    cancelTimer?.();
    cancelTimer = undefined;
    const next = current.then(saveOnce);
    current = next.catch(() => undefined);
    return next;
  }

  return {
    changed() {
      if (intervalMs === null || closed || cancelTimer) return;
      cancelTimer = clock.after(pauseMs, () => {
        cancelTimer = undefined;
        queue().catch(onError);
      });
    },
    flush: queue,
    async close() {
      closed = true;
      cancelTimer?.();
      cancelTimer = undefined;
      await current;
    },
  };
}
