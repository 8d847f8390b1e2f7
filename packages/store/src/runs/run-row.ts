import type { AttemptStatus, ErrorClass, RunStatus } from "@notemill/schedules";
import type { Row } from "../driver/driver.ts";

/** A run as the database has it. JSON is text. */
export interface StoredRun {
  readonly id: string;
  readonly owner: string;
  readonly status: RunStatus;
  /** Virtual path of the notebook. */
  readonly path: string;
  readonly sourceHash: string;
  readonly kernelName: string | null;
  readonly parameters: string;
  /** Number of the newest attempt, from 1. */
  readonly attempt: number;
  /** `RunSettings` of `@notemill/schedules`, as JSON. */
  readonly settings: string;
  readonly priority: number;
  readonly tags: readonly string[];
  /** The earlier run that this one repeats. */
  readonly rerunOf: string | null;
  /** The attempt in whose kernel this run goes on. */
  readonly resumes: string | null;
  /** Whether it is the parent of a sweep. */
  readonly isSweep: boolean;
  /** The sweep that it is a child of. */
  readonly sweepId: string | null;
  /** The workflow-run that it is a task of. */
  readonly workflowRunId: string | null;
  /** The run whose notebook started this one. */
  readonly startedByRun: string | null;
  /** How many runs above it were started by notebooks. */
  readonly depth: number;
  /** With which one start was asked for, however often. */
  readonly idempotencyKey: string | null;
  /** Hash of what was asked with the key. */
  readonly requestSha256: string;
  /** When its next attempt may begin, while it waits for one. */
  readonly notBefore: Date | null;
  /** Why it did not succeed, as JSON. */
  readonly failure: string | null;
  readonly cancelRequestedAt: Date | null;
  readonly createdAt: Date;
  readonly startedAt: Date | null;
  readonly finishedAt: Date | null;
}

/** An attempt as the database has it. */
export interface StoredAttempt {
  readonly id: string;
  readonly runId: string;
  readonly number: number;
  readonly status: AttemptStatus;
  readonly runnerId: string | null;
  readonly fence: number;
  /** Whose fault it is that it did not succeed. */
  readonly exitClass: ErrorClass | null;
  readonly failure: string | null;
  /** What the runner told about the attempt's surroundings, as JSON. */
  readonly facts: string | null;
  /** Until when its kernel is kept. */
  readonly kernelUntil: Date | null;
  readonly createdAt: Date;
  readonly claimedAt: Date | null;
  readonly startedAt: Date | null;
  readonly finishedAt: Date | null;
}

/** Something that happened in a run. */
export interface StoredEvent {
  /** From 1, without gaps within a run. */
  readonly seq: number;
  readonly attempt: number;
  readonly at: Date;
  readonly kind: string;
  /** JSON. */
  readonly data: string;
}

/** The columns of a {@link StoredRun}. */
export const RUN_COLUMNS = `run.idempotency_key as "idempotencyKey", run.request_sha256 as "requestSha256", run.id, run.owner, run.status, run.path, run.source_hash as "sourceHash",
  run.kernel_name as "kernelName", run.parameters, run.attempt, run.settings, run.priority,
  run.tags, run.rerun_of as "rerunOf", run.resumes, run.is_sweep as "isSweep", run.sweep_id as "sweepId",
  run.started_by_run as "startedByRun", run.depth, run.workflow_run_id as "workflowRunId", run.not_before as "notBefore", run.failure,
  run.cancel_requested_at as "cancelRequestedAt", run.created_at as "createdAt", run.started_at as "startedAt",
  run.finished_at as "finishedAt"`;

/** The columns of a {@link StoredAttempt}. */
export const ATTEMPT_COLUMNS = `attempt.id, attempt.run_id as "runId", attempt.number, attempt.status,
  attempt.runner_id as "runnerId", attempt.fence, attempt.exit_class as "exitClass", attempt.failure, attempt.facts,
  case when attempt.kernel_unwanted then null else attempt.kernel_until end as "kernelUntil", attempt.created_at as "createdAt",
  attempt.claimed_at as "claimedAt", attempt.started_at as "startedAt", attempt.finished_at as "finishedAt"`;

/** Reads rows of {@link RUN_COLUMNS}: the columns are named as the fields are. */
export function toRuns(rows: readonly Row[]): readonly StoredRun[] {
  return rows as unknown as readonly StoredRun[];
}

/** Reads rows of {@link ATTEMPT_COLUMNS}. */
export function toAttempts(rows: readonly Row[]): readonly StoredAttempt[] {
  return rows as unknown as readonly StoredAttempt[];
}
