import {
  cancelRun,
  dueWorkflowRuns,
  lookAtWorkflowRun,
  nextDueWorkflowRun,
  runsToCancel,
} from "@notemill/store";
import { startLoop } from "../operations/start-loop.ts";
import type { Platform } from "../platform.ts";
import { RECORD_FORM } from "../records/record-form.ts";
import { failureText } from "../runs/failure-text.ts";

/** The longest sleep, in milliseconds: another server may have changed a workflow-run. */
const LONGEST_SLEEP_MS = 1000;

/** When what could not be done is tried again, in milliseconds. */
const RETRY_MS = 250;

/** How many workflow-runs and runs are looked at before others are asked for. */
const BATCH = 100;

/**
 * Brings workflow-runs what only time brings: ends of waits, steps and runs whose time is
 * over, starts that were put off, and the ends of runs that have to be cancelled.
 *
 * Every server does it. What follows from the end of a run does not wait for this.
 */
export function startAdvancing(platform: Platform): AsyncDisposable {
  return startLoop({
    pass: () => advanceDue(platform),
    onFailed: (error) => platform.report("workflow-runs could not be looked at, which is tried again", error),
    retryMs: RETRY_MS,
  });
}

/** Does what is due. @returns How long nothing is, in milliseconds, at most a second. */
async function advanceDue(platform: Platform): Promise<number> {
  const { driver, now, advancing, closing, report } = platform;
  for (const id of await dueWorkflowRuns(driver, { now: now(), limit: BATCH })) {
    if (closing.aborted) break;
    try {
      await lookAtWorkflowRun(driver, id, { ...advancing, now: now() });
    } catch (error) {
      report(`workflow-run ${id} could not be carried on, which is tried again`, error);
    }
  }
  await cancelMarkedRuns(platform);
  const next = await nextDueWorkflowRun(driver);
  if (next === null) return LONGEST_SLEEP_MS;
  const waitMs = next.getTime() - now().getTime();
  return waitMs <= 0 ? RETRY_MS : Math.min(LONGEST_SLEEP_MS, waitMs);
}

/** Cancels the runs that workflow-runs have marked. */
export async function cancelMarkedRuns({ driver, now, newId, advancing, closing }: Platform): Promise<void> {
  for (const id of await runsToCancel(driver, BATCH)) {
    if (closing.aborted) return;
    const ending = { now: now(), form: RECORD_FORM, nextAttemptId: newId(), failure: CANCELLED, advancing };
    await cancelRun(driver, id, ending);
  }
}

/** The failure of a run that waited for a runner when its workflow-run ended it, as JSON. */
const CANCELLED = failureText("RUN_CANCELLED", "its workflow-run has ended it before a runner had it");
