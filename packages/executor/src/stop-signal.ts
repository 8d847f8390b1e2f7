import type { Clock } from "./clock.ts";
import { ExecutorError } from "./executor-error.ts";

/** The signal that ends a run from outside, and how to let go of it. */
export interface StopSignal {
  /** Aborts with an {@link ExecutorError}: `RUN_CANCELLED`, `RUN_TIMED_OUT`, or what {@link abort} is given. */
  readonly signal: AbortSignal;
  /** Ends the run from inside, for this reason. */
  readonly abort: (reason: ExecutorError) => void;
  /** Stops the clock. */
  readonly release: () => void;
}

/** Joins the caller's wish to cancel with the time limit of the whole run. */
export function createStopSignal(
  clock: Clock,
  {
    signal,
    runTimeoutMs = null,
  }: { readonly signal?: AbortSignal | undefined; readonly runTimeoutMs?: number | null | undefined },
): StopSignal {
  const controller = new AbortController();
  const cancel = (): void => controller.abort(cancelledBy(signal?.reason));
  if (signal?.aborted === true) cancel();
  else signal?.addEventListener("abort", cancel, { once: true });

  const cancelTimer =
    runTimeoutMs === null
      ? undefined
      : clock.after(runTimeoutMs, () => {
          const message = `the run took longer than ${runTimeoutMs / 1000} s`;
          controller.abort(new ExecutorError("RUN_TIMED_OUT", message, { details: { runTimeoutMs } }));
        });
  return {
    signal: controller.signal,
    abort: (reason) => controller.abort(reason),
    release() {
      cancelTimer?.();
      signal?.removeEventListener("abort", cancel);
    },
  };
}

/** The error of a run that its caller has cancelled; the reason may be the name of a signal. */
export function cancelledBy(reason: unknown): ExecutorError {
  const by = typeof reason === "string" ? ` by ${reason}` : "";
  return new ExecutorError("RUN_CANCELLED", `the run was cancelled${by}`, { cause: reason });
}
