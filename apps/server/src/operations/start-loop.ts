import { setTimeout as sleep } from "node:timers/promises";

/** Something that the server does again and again. */
export interface LoopOptions {
  /** Does it once. @returns How long to wait before the next time, in milliseconds. */
  readonly pass: () => Promise<number>;
  /** Told why a pass has failed. */
  readonly onFailed: (error: unknown) => void;
  /** How long to wait after a pass that has failed, in milliseconds. */
  readonly retryMs: number;
  /** Waits so long, or less. Resolves when `signal` aborts, and never rejects. Default: just so long. */
  readonly wait?: (ms: number, signal: AbortSignal) => Promise<void>;
}

/** Begins with the first pass at once. Disposing ends it behind the pass that is under way. */
export function startLoop({ pass, onFailed, retryMs, wait = pause }: LoopOptions): AsyncDisposable {
  const ended = new AbortController();
  const run = async (): Promise<void> => {
    while (!ended.signal.aborted) {
      let waitMs = retryMs;
      try {
        waitMs = await pass();
      } catch (error) {
        onFailed(error);
      }
      await wait(waitMs, ended.signal);
    }
  };
  const last = run();
  return {
    async [Symbol.asyncDispose]() {
      ended.abort();
      await last;
    },
  };
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  // It is rejected when the loop ends, and only then.
  return sleep(ms, undefined, { signal }).catch(() => undefined);
}
