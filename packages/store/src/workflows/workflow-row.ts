import type { WorkflowRunStatus } from "@notemill/schedules";
import type { Row } from "../driver/driver.ts";

/** A workflow as the database has it. */
export interface StoredWorkflow {
  readonly id: string;
  readonly owner: string;
  readonly name: string;
  /** The version that a start takes. */
  readonly activeVersion: number;
  readonly newestVersion: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly deletedAt: Date | null;
}

/** A version of a workflow, without its plan. */
export interface StoredWorkflowVersion {
  readonly workflowId: string;
  /** From 1. */
  readonly version: number;
  /** As it was given, as JSON. */
  readonly definition: string;
  /** Hash of the plan. */
  readonly sha256: string;
  readonly createdBy: string;
  readonly createdAt: Date;
}

/** A workflow-run as the database has it, without its state. */
export interface StoredWorkflowRun {
  readonly id: string;
  readonly workflowId: string;
  readonly version: number;
  readonly owner: string;
  readonly status: WorkflowRunStatus;
  /** Which time it runs, from 1. */
  readonly sequence: number;
  /** JSON. */
  readonly parameters: string;
  /** What started it, as JSON: slot, interval, body. */
  readonly occasion: string;
  /** The trigger that started it. */
  readonly triggerId: string | null;
  readonly startedBy: string;
  readonly reason: string | null;
  readonly pausedAt: Date | null;
  readonly pausedBy: string | null;
  readonly pausedReason: string | null;
  readonly cancelRequestedAt: Date | null;
  readonly cancelRequestedBy: string | null;
  readonly createdAt: Date;
  readonly startedAt: Date | null;
  readonly finishedAt: Date | null;
}

/** The columns of a {@link StoredWorkflow}. */
export const WORKFLOW_COLUMNS = `workflow.id, workflow.owner, workflow.name,
  workflow.active_version as "activeVersion", workflow.newest_version as "newestVersion",
  workflow.created_at as "createdAt", workflow.updated_at as "updatedAt", workflow.deleted_at as "deletedAt"`;

/** The columns of a {@link StoredWorkflowVersion}. */
export const VERSION_COLUMNS = `workflow_version.workflow_id as "workflowId", workflow_version.version,
  workflow_version.definition, workflow_version.sha256, workflow_version.created_by as "createdBy",
  workflow_version.created_at as "createdAt"`;

/** The columns of a {@link StoredWorkflowRun}. */
export const WORKFLOW_RUN_COLUMNS = `workflow_run.id, workflow_run.workflow_id as "workflowId", workflow_run.version,
  workflow_run.owner, workflow_run.status, workflow_run.sequence, workflow_run.parameters, workflow_run.occasion,
  workflow_run.trigger_id as "triggerId", workflow_run.started_by as "startedBy", workflow_run.reason,
  workflow_run.paused_at as "pausedAt", workflow_run.paused_by as "pausedBy",
  workflow_run.paused_reason as "pausedReason", workflow_run.cancel_requested_at as "cancelRequestedAt",
  workflow_run.cancel_requested_by as "cancelRequestedBy", workflow_run.created_at as "createdAt",
  workflow_run.started_at as "startedAt", workflow_run.finished_at as "finishedAt"`;

/** Reads rows of {@link WORKFLOW_COLUMNS}: the columns are named as the fields are. */
export function toWorkflows(rows: readonly Row[]): readonly StoredWorkflow[] {
  return rows as unknown as readonly StoredWorkflow[];
}

/** Reads rows of {@link VERSION_COLUMNS}. */
export function toVersions(rows: readonly Row[]): readonly StoredWorkflowVersion[] {
  return rows as unknown as readonly StoredWorkflowVersion[];
}

/** Reads rows of {@link WORKFLOW_RUN_COLUMNS}. */
export function toWorkflowRuns(rows: readonly Row[]): readonly StoredWorkflowRun[] {
  return rows as unknown as readonly StoredWorkflowRun[];
}
