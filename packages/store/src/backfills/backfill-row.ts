import type { RunSettings, RunStatus } from "@notemill/schedules";
import type { Row } from "../driver/driver.ts";

/** A backfill as the database has it. */
export interface StoredBackfill {
  readonly id: string;
  readonly owner: string;
  readonly triggerId: string;
  readonly from: Date;
  /** Not in the range. */
  readonly until: Date;
  /** The most of its runs that are under way at a time. */
  readonly concurrency: number;
  /** What its runs are of: a notebook by its path and source, or a workflow at a version. */
  readonly path: string | null;
  readonly kernelName: string | null;
  readonly sourceHash: string | null;
  /** What makes sweeps of its runs, as JSON; null where each slot is one run. */
  readonly sweep: string | null;
  readonly workflowId: string | null;
  readonly workflowVersion: number | null;
  readonly workflowName: string | null;
  readonly settings: RunSettings;
  readonly priority: number;
  readonly tags: readonly string[];
  readonly createdAt: Date;
  readonly pausedAt: Date | null;
  readonly cancelledAt: Date | null;
  readonly cancelledBy: string | null;
  /** When the last of its runs had ended. */
  readonly finishedAt: Date | null;
}

/** One slot of a backfill. */
export interface BackfillSlot {
  readonly slot: Date;
  /** `over`: its run has ended, however. */
  readonly state: "waiting" | "started" | "over" | "cancelled";
  /** JSON, worked out. */
  readonly parameters: string;
  readonly runId: string | null;
  readonly workflowRunId: string | null;
  /** Of the run or the workflow-run. */
  readonly runStatus: RunStatus | null;
}

/** The columns of a {@link StoredBackfill}. */
export const BACKFILL_COLUMNS = `backfill.id, backfill.owner, backfill.trigger_id as "triggerId",
  backfill.range_from as "from", backfill.range_until as "until", backfill.concurrency, backfill.path,
  backfill.kernel_name as "kernelName", backfill.source_hash as "sourceHash", backfill.settings, backfill.sweep,
  backfill.workflow_id as "workflowId", backfill.workflow_version as "workflowVersion",
  (select name from workflow where workflow.id = backfill.workflow_id) as "workflowName",
  backfill.priority, backfill.tags, backfill.created_at as "createdAt", backfill.paused_at as "pausedAt",
  backfill.cancelled_at as "cancelledAt", backfill.cancelled_by as "cancelledBy",
  backfill.finished_at as "finishedAt"`;

/** Reads rows of {@link BACKFILL_COLUMNS}. */
export function toBackfills(rows: readonly Row[]): readonly StoredBackfill[] {
  return rows.map(
    (row) => ({ ...row, settings: JSON.parse(String(row["settings"])) as unknown }) as StoredBackfill,
  );
}
