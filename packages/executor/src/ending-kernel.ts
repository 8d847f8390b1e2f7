import type { Kernel } from "@notemill/kernel";
import { isHosted } from "./kept-kernel.ts";
import type { RunOutcome } from "./run-options.ts";

/**
 * Waits for a run and ends its kernel, whose output is on disk by then. A kernel
 * that the run has decided to keep is left to its lease.
 */
export async function endingKernel(started: Promise<Kernel>, run: Promise<RunOutcome>): Promise<RunOutcome> {
  let isKept = false;
  try {
    const outcome = await run;
    isKept = outcome.keptKernel !== undefined;
    return outcome;
  } finally {
    const kernel = await started.catch(() => undefined);
    if (kernel && isKept && isHosted(kernel)) await kernel.release();
    else await kernel?.shutdown({ mode: "immediate" });
  }
}
