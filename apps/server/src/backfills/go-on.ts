import { createHash } from "node:crypto";
import {
  advanceBackfill,
  type BackfillSlot,
  cancelRun,
  type NewRun,
  openBackfills,
  type StoredBackfill,
} from "@notemill/store";
import { startLoop } from "../operations/start-loop.ts";
import type { Platform } from "../platform.ts";
import { RECORD_FORM } from "../records/record-form.ts";
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
  const { driver, now, newId, advancing, log } = platform;
  const done = await advanceBackfill(driver, id, {
    now: now(),
    runOf: (backfill, slot) => runOf(platform, backfill, slot),
  });
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

function runOf(
  { newId, now }: Platform,
  backfill: StoredBackfill,
  { slot, parameters }: Pick<BackfillSlot, "slot" | "parameters">,
): NewRun {
  const asked = [backfill.id, slot.toISOString()];
  return {
    id: newId(),
    attemptId: newId(),
    owner: backfill.owner,
    path: backfill.path,
    sourceHash: backfill.sourceHash,
    kernelName: backfill.kernelName,
    parameters,
    idempotencyKey: null,
    requestSha256: createHash("sha256").update(JSON.stringify(asked)).digest("hex"),
    settings: backfill.settings,
    priority: backfill.priority,
    tags: backfill.tags,
    rerunOf: null,
    now: now(),
  };
}
