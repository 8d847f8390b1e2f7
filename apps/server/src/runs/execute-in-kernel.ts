import type { ExecutionResult } from "@notemill/api";
import {
  interruptExecution,
  keptKernel,
  type KeptKernel,
  readKernelOutputs,
  requestExecution,
  type StoredRun,
} from "@notemill/store";
import type { Platform } from "../platform.ts";
import { ServerError } from "../server-error.ts";

/** How many outputs are read at once. */
const PAGE = 50;
/** How long to wait for a notification before looking anyway, in milliseconds. */
const LOOK_MS = 1000;

/** What comes of code in a kernel; the result is the last. */
export type ExecutionEvent =
  /** An output, as JSON. */
  | { readonly type: "output"; readonly output: string }
  | { readonly type: "result"; readonly result: ExecutionResult };

/** The kernel that is kept for a run. @throws {@link ServerError} `KERNEL_NOT_KEPT`. */
export async function findKeptKernel({ driver, now }: Platform, run: StoredRun): Promise<KeptKernel> {
  const kernel = await keptKernel(driver, run.id, now());
  if (kernel !== null) return kernel;
  throw new ServerError(
    "KERNEL_NOT_KEPT",
    `no kernel is kept for run ${run.id}: it was not asked for, the run did not fail, or the time is over; submit or rerun it with --keep-kernel 30m (keep_kernel_ms) to keep it when it fails`,
    { details: { id: run.id } },
  );
}

/**
 * Has the runner that keeps a kernel execute code in it, and gives what comes of it.
 *
 * @param request - `gone` aborts when nobody listens any longer: the code is interrupted.
 */
export async function* executeInKernel(
  platform: Platform,
  request: {
    readonly runId: string;
    readonly kernel: KeptKernel;
    readonly code: string;
    readonly gone: AbortSignal;
  },
): AsyncGenerator<ExecutionEvent> {
  const { driver, newId, now, wakeups, closing } = platform;
  const { runId, kernel, code, gone } = request;
  const id = newId();
  await requestExecution(driver, { id, runId, kernel, code, now: now() });
  const stop = AbortSignal.any([gone, closing]);
  try {
    for (let after = 0; !stop.aborted;) {
      const { outputs, last, result } = await readKernelOutputs(driver, id, { after, limit: PAGE });
      for (const output of outputs) yield { type: "output", output };
      after = last;
      if (result !== null) {
        yield { type: "result", result: JSON.parse(result) as ExecutionResult };
        return;
      }
      // The runner ends a kernel that it no longer keeps, and says so; one that has died itself says nothing.
      if ((await keptKernel(driver, runId, now())) === null && outputs.length === 0) {
        yield { type: "result", result: GONE };
        return;
      }
      if (outputs.length < PAGE) await wakeups.untilRunChanged(runId, LOOK_MS, stop);
    }
  } finally {
    await interruptExecution(driver, id);
  }
}

const GONE: ExecutionResult = {
  status: "gone",
  message: "the kernel is no longer kept",
  execution_count: null,
  kernel_until: null,
};
