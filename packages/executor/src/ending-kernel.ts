import type { Kernel } from "@notemill/kernel";
import { isHosted } from "./kept-kernel.ts";
import type { RunOutcome } from "./run-options.ts";

/**
 * Makes a run and sees to it that its kernel has ended when this returns. A
 * kernel that the run has decided to keep is left to its lease.
 *
 * @param run - Calls what it is given as soon as it needs the kernel no longer.
 *   The kernel then ends while the output notebook is saved.
 */
export async function endingKernel(
  started: Promise<Kernel>,
  run: (endKernel: () => void) => Promise<RunOutcome>,
): Promise<RunOutcome> {
  let ending: Promise<void> | undefined;
  const endKernel = (): Promise<void> => {
    ending ??= shutDown(started);
    return ending;
  };
  let isKept = false;
  try {
    // Who waits for the end below hears of a failure.
    const outcome = await run(() => void endKernel().catch(() => undefined));
    isKept = outcome.keptKernel !== undefined;
    return outcome;
  } finally {
    if (!(isKept && (await release(started)))) await endKernel();
  }
}

/** Leaves a kernel behind; false where it has no host to keep it. */
async function release(started: Promise<Kernel>): Promise<boolean> {
  const kernel = await started;
  if (!isHosted(kernel)) return false;
  await kernel.release();
  return true;
}

async function shutDown(started: Promise<Kernel>): Promise<void> {
  const kernel = await started.catch(() => undefined);
  await kernel?.shutdown({ mode: "immediate" });
}
