import type { Backfill, BackfillSlotPage } from "@notemill/api";
import { RawJson } from "@notemill/json";
import type { BackfillDetail, BackfillSlot } from "@notemill/store";

/** A backfill of the database as the API shows it. */
export function presentBackfill(backfill: BackfillDetail): Backfill {
  const { counts: by } = backfill;
  const sum = (...names: (keyof typeof by)[]): number =>
    names.reduce((total, name) => total + (by[name] ?? 0), 0);
  const counts = {
    waiting: sum("waiting"),
    running: sum("queued", "starting", "running"),
    succeeded: sum("succeeded"),
    failed: sum("failed", "timed_out", "lost"),
    cancelled: sum("cancelled"),
  };
  return {
    id: backfill.id,
    owner: backfill.owner,
    schedule_id: backfill.triggerId,
    path: backfill.path,
    source_hash: backfill.sourceHash,
    workflow: backfill.workflowName,
    workflow_version: backfill.workflowVersion,
    from: backfill.from.toISOString(),
    until: backfill.until.toISOString(),
    concurrency: backfill.concurrency,
    state: stateOf(backfill, counts),
    counts,
    cancelled_by: backfill.cancelledBy,
    created_at: backfill.createdAt.toISOString(),
    finished_at: backfill.finishedAt?.toISOString() ?? null,
  };
}

/** A slot of a backfill as the API shows it. */
export function presentBackfillSlot(slot: BackfillSlot): BackfillSlotPage["slots"][number] {
  return {
    slot: slot.slot.toISOString(),
    state: slot.state,
    parameters: new RawJson(slot.parameters),
    run_id: slot.runId,
    workflow_run_id: slot.workflowRunId,
    run_status: slot.runStatus,
  };
}

function stateOf(
  { finishedAt, cancelledAt, pausedAt }: BackfillDetail,
  counts: Backfill["counts"],
): Backfill["state"] {
  if (cancelledAt !== null) return finishedAt === null ? "cancelling" : "cancelled";
  if (finishedAt === null) return pausedAt === null ? "running" : "paused";
  return counts.failed + counts.cancelled === 0 ? "succeeded" : "failed";
}
