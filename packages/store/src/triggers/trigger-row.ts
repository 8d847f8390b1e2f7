import {
  type CatchUpPolicy,
  type ConcurrencyPolicy,
  type RunSettings,
  type RunStatus,
  type ScheduledTrigger,
  isTimeTrigger,
  type Trigger,
  type WorkflowRunStatus,
} from "@notemill/schedules";
import type { Row } from "../driver/driver.ts";

/** What a person says about a trigger, and may change. JSON is text. */
export interface TriggerDefinition {
  /** One of its kind among the owner's triggers that are not deleted. */
  readonly name: string;
  /** Virtual path of the notebook; null where a workflow is started. */
  readonly path: string | null;
  /** The workflow that is started, by its active version, in place of a notebook. Default: none. */
  readonly workflowId?: string | null;
  /** What makes a sweep of it, as JSON; null, the default, where each slot is one run. */
  readonly sweep?: string | null;
  readonly kernelName: string | null;
  /** JSON; a value of the form `{"cel": "…"}` is an expression. */
  readonly parameters: string;
  /** Files that the notebook reads, beside those that it declares. */
  readonly files: readonly string[];
  /** How its runs are carried out. */
  readonly settings: RunSettings;
  readonly priority: number;
  readonly tags: readonly string[];
  readonly spec: Trigger;
  readonly catchUp: CatchUpPolicy;
  readonly concurrency: ConcurrencyPolicy;
  readonly maxJitterMs: number;
  /** How late a slot still counts as on time. */
  readonly graceMs: number;
  /** The source that was promoted; null where each run reads the notebook as it is then. */
  readonly sourceHash: string | null;
}

/** A trigger as the database has it. */
export interface StoredTrigger extends TriggerDefinition {
  readonly id: string;
  readonly owner: string;
  readonly workflowId: string | null;
  readonly sweep: string | null;
  /** Name of the workflow that is started. */
  readonly workflowName: string | null;
  /** Grows with every change of the definition. */
  readonly version: number;
  readonly pausedAt: Date | null;
  readonly pausedBy: string | null;
  readonly pausedReason: string | null;
  /** The newest slot that is decided. */
  readonly watermark: Date;
  /** When to look again; null where nothing is to come. */
  readonly nextFireAt: Date | null;
  /** Why it is due and could not be fired; null where it could. */
  readonly stall: TriggerStall | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly deletedAt: Date | null;
}

/** Why a trigger could not be fired the last time. */
export interface TriggerStall {
  readonly code: string;
  readonly message: string;
  /** When it could not be fired for the first time, in ISO 8601. */
  readonly since: string;
  /** How often it was tried since. */
  readonly tries: number;
}

/** What became of a slot. */
export interface StoredSlot {
  readonly id: string;
  readonly slot: Date;
  /** Started by a person, as if a slot were at that instant. */
  readonly isByHand: boolean;
  /** `over`: its run has ended, however. */
  readonly state: "waiting" | "started" | "over" | "skipped";
  readonly runId: string | null;
  /** What it started where the trigger starts a workflow. */
  readonly workflowRunId: string | null;
  /** That of the run, or of the workflow-run. */
  readonly runStatus: RunStatus | WorkflowRunStatus | null;
  /** Why it was left out, as JSON. */
  readonly skipped: string | null;
  /** What the event says that it is, as JSON; null where it is an instant. */
  readonly body: string | null;
  readonly createdAt: Date;
}

/** The columns of a {@link StoredTrigger}. */
export const TRIGGER_COLUMNS = `trigger.id, trigger.owner, trigger.name, trigger.path, trigger.workflow_id as "workflowId",
  (select workflow.name from workflow where workflow.id = trigger.workflow_id) as "workflowName",
  trigger.kernel_name as "kernelName", trigger.parameters, trigger.files, trigger.settings, trigger.priority, trigger.tags, trigger.spec,
  trigger.catch_up as "catchUp", trigger.concurrency, trigger.max_jitter_ms as "maxJitterMs",
  trigger.grace_ms as "graceMs", trigger.source_hash as "sourceHash", trigger.sweep, trigger.version,
  trigger.paused_at as "pausedAt", trigger.paused_by as "pausedBy", trigger.paused_reason as "pausedReason",
  trigger.watermark, trigger.next_fire_at as "nextFireAt", trigger.stall, trigger.created_at as "createdAt",
  trigger.updated_at as "updatedAt", trigger.deleted_at as "deletedAt"`;

/** Reads rows of {@link TRIGGER_COLUMNS}. */
export function toTriggers(rows: readonly Row[]): readonly StoredTrigger[] {
  return rows.map(
    (row) =>
      ({
        ...row,
        files: JSON.parse(String(row["files"])) as unknown,
        settings: JSON.parse(String(row["settings"])) as unknown,
        spec: JSON.parse(String(row["spec"])) as unknown,
        catchUp: JSON.parse(String(row["catchUp"])) as unknown,
        concurrency: JSON.parse(String(row["concurrency"])) as unknown,
        stall: row["stall"] === null ? null : (JSON.parse(String(row["stall"])) as unknown),
      }) as StoredTrigger,
  );
}

/** A trigger as the functions that decide about slots take it; null where its slots are events. */
export function scheduledTrigger(
  id: string,
  { spec, catchUp, maxJitterMs, graceMs }: TriggerDefinition,
): ScheduledTrigger | null {
  return isTimeTrigger(spec) ? { id, trigger: spec, catchUp, maxJitterMs, graceMs } : null;
}
