import { createHash } from "node:crypto";
import {
  advanceBackfill,
  cancelRun,
  cancelWorkflowRun,
  type NewRun,
  type NewWorkflowRun,
  openBackfills,
  type OpenSlot,
  type StoredBackfill,
} from "@notemill/store";
import { startLoop } from "../operations/start-loop.ts";
import type { Platform } from "../platform.ts";
import { RECORD_FORM } from "../records/record-form.ts";
import type { NotebookStart } from "../schedules/run-of-slot.ts";
import { setsOfSlot, sweepOfRun } from "../sweeps/scheduled-sweep.ts";
import { failureText } from "../runs/failure-text.ts";

/** How often backfills are looked at, in milliseconds. */
const LOOK_MS = 1000;

/** Goes on with backfills for as long as the server runs. Every server does; no slot of a backfill starts twice. */
export function startBackfilling(platform: Platform): AsyncDisposable {
  const { driver, report, closing } = platform;
  return startLoop({
    async pass() {
      for (const id of await openBackfills(driver)) {
        if (closing.aborted) break;
        await goOn(platform, id).catch((error: unknown) =>
          report(`backfill ${id} could not go on, which is tried again`, error),
        );
      }
      return LOOK_MS;
    },
    onFailed: (error) => report("backfills could not be looked at, which is tried again", error),
    retryMs: LOOK_MS,
  });
}

/** Goes on with one backfill: starts what may start now, and cancels what has to end. */
export async function goOn(platform: Platform, id: string): Promise<void> {
  const { driver, now, newId, advancing, log, user } = platform;
  const done = await advanceBackfill(driver, id, {
    now: now(),
    runOf: (backfill, slot) =>
      backfill.workflowId === null
        ? startOf(platform, backfill, slot)
        : { workflowRun: workflowRunOf(platform, backfill, slot), advancing },
  });
  for (const workflowRunId of done?.workflowRunsToCancel ?? []) {
    const asked = { ...advancing, by: user, reason: "its backfill was cancelled", now: now() };
    await cancelWorkflowRun(driver, workflowRunId, asked);
  }
  for (const runId of done?.started ?? [])
    log.info({ run_id: runId, backfill_id: id }, "backfill started a run");
  for (const runId of done?.toCancel ?? []) {
    const ending = { failure: CANCELLED, now: now(), nextAttemptId: newId(), form: RECORD_FORM, advancing };
    await cancelRun(driver, runId, ending);
  }
  if (done?.isOver === true) log.info({ backfill_id: id }, "backfill is over");
}

/** The failure of a run that waited for a runner when its backfill was cancelled, as JSON. */
const CANCELLED = failureText("RUN_CANCELLED", "its backfill was cancelled before a runner had it");

function startOf(
  platform: Platform,
  backfill: StoredBackfill,
  { slot, parameters }: OpenSlot,
): NotebookStart {
  const { newId, now } = platform;
  const { path, sourceHash } = backfill;
  if (path === null || sourceHash === null) throw new Error(`backfill ${backfill.id} has no notebook`);
  const run: NewRun = {
    id: newId(),
    attemptId: newId(),
    owner: backfill.owner,
    path,
    sourceHash,
    kernelName: backfill.kernelName,
    parameters,
    idempotencyKey: null,
    requestSha256: askedHash(backfill, slot),
    settings: backfill.settings,
    priority: backfill.priority,
    tags: backfill.tags,
    rerunOf: null,
    now: now(),
  };
  const { sweep } = backfill;
  if (sweep === null) return { run };
  return { sweep: sweepOfRun(platform, run, { sweep, sets: setsOfSlot(sweep, parameters) }) };
}

/** The workflow-run of a slot, by the version that was active when the backfill was made. */
function workflowRunOf(
  { newId, now }: Platform,
  backfill: StoredBackfill,
  { slot, parameters, occasion }: OpenSlot,
): NewWorkflowRun {
  const { workflowId, workflowVersion } = backfill;
  if (workflowId === null || workflowVersion === null || occasion === null)
    throw new Error(`backfill ${backfill.id} has no workflow`);
  return {
    id: newId(),
    workflowId,
    version: workflowVersion,
    owner: backfill.owner,
    parameters,
    occasion,
    idempotencyKey: null,
    requestSha256: askedHash(backfill, slot),
    // As with runs: what follows the schedule, and its rules, are for its own slots.
    triggerId: null,
    startedBy: backfill.owner,
    reason: `backfill ${backfill.id}`,
    now: now(),
  };
}

function askedHash({ id }: StoredBackfill, slot: Date): string {
  return createHash("sha256")
    .update(JSON.stringify([id, slot.toISOString()]))
    .digest("hex");
}
