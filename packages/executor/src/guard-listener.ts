import { ExecutorError } from "./executor-error.ts";
import type { RunEvent } from "./run-event.ts";

/** A listener that never throws where an event comes from, which may be a timer. */
export interface GuardedListener {
  readonly onEvent: (event: RunEvent) => void;
  /** The error that ends the run, once the listener has thrown. */
  readonly fault: () => ExecutorError | undefined;
  /** Throws what the listener threw, if it did. */
  readonly rethrow: () => void;
}

/**
 * Guards a run from its listener: what that throws ends the run in order
 * instead of breaking it off in the middle. It is told nothing afterwards.
 *
 * @param onFault - Told once, with a `RUN_FAILED` whose cause is what was thrown.
 */
export function guardListener(
  listener: (event: RunEvent) => void,
  onFault: (fault: ExecutorError) => void,
): GuardedListener {
  let fault: ExecutorError | undefined;
  return {
    onEvent(event) {
      if (fault) return;
      try {
        listener(event);
      } catch (cause) {
        const message = cause instanceof Error ? cause.message : String(cause);
        fault = new ExecutorError("RUN_FAILED", `the listener of the run's events threw: ${message}`, {
          cause,
          details: { event: event.type },
        });
        onFault(fault);
      }
    },
    fault: () => fault,
    rethrow() {
      if (fault) throw fault.cause;
    },
  };
}
