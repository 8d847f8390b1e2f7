import type { PoolClock, PoolTimer } from "./pool-clock.ts";

/** Who leaves a question unanswered for so long has stopped for good. */
const SILENCE_MS = 15_000;

/** Tells whether another process still does its work. */
export interface Pulse {
  /** Asks for a sign of life. */
  ask(): void;
  /** Takes in the answer to a question. */
  beat(): void;
  stop(): void;
}

/** Sends questions with `send`, and calls `onSilence` when one has no answer in time. */
export function startPulse(clock: PoolClock, send: () => void, onSilence: () => void): Pulse {
  let unanswered = 0;
  let timer: PoolTimer | null = null;
  return {
    ask() {
      unanswered += 1;
      send();
      timer ??= clock.after(SILENCE_MS, onSilence);
    },
    beat() {
      unanswered -= 1;
      timer?.cancel();
      timer = unanswered > 0 ? clock.after(SILENCE_MS, onSilence) : null;
    },
    stop() {
      timer?.cancel();
      timer = null;
    },
  };
}
