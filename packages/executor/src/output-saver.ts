import type { Clock } from "./clock.ts";

/** Saves the output notebook while it grows, no more often than needed. */
export interface OutputSaver {
  /** Says that the document changed; a save follows within the interval. */
  changed(): void;
  /** Stops the timer and waits for a save under way. Saves nothing by itself. */
  close(): Promise<void>;
}

/** Options of {@link createOutputSaver}. */
export interface OutputSaverOptions {
  /** Makes the document as it is now safe; `true` when that is to be called again though nothing changes. */
  readonly save: () => Promise<boolean>;
  /** Time from a change to the save, in milliseconds; `null` means that nothing is saved. */
  readonly intervalMs: number | null;
  readonly clock: Clock;
  /** Told when a save fails; it is tried again after the interval. */
  readonly onError: (error: unknown) => void;
}

/** Makes an {@link OutputSaver}. One save runs at a time. */
export function createOutputSaver({ save, intervalMs, clock, onError }: OutputSaverOptions): OutputSaver {
  let cancelTimer: (() => void) | undefined;
  let current: Promise<void> = Promise.resolve();
  let isClosed = false;

  function changed(): void {
    if (intervalMs === null || isClosed || cancelTimer) return;
    cancelTimer = clock.after(intervalMs, () => {
      cancelTimer = undefined;
      current = current.then(saveOnce);
    });
  }

  async function saveOnce(): Promise<void> {
    try {
      if (await save()) changed();
    } catch (error) {
      onError(error);
      changed();
    }
  }

  return {
    changed,
    async close() {
      isClosed = true;
      cancelTimer?.();
      cancelTimer = undefined;
      await current;
    },
  };
}
