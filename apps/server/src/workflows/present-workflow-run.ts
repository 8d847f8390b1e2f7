import type { WorkflowRun, WorkflowRunDetail, WorkflowStep, WorkflowTask } from "@notemill/api";
import { RawJson } from "@notemill/json";
import type { StepState, TaskStatus, WorkflowRunState } from "@notemill/schedules";
import type { StoredStep, StoredTask, StoredWorkflowRun } from "@notemill/store";
import type { PlanContent } from "./plan-text.ts";
import { decodeOccasion } from "./step-scope.ts";

/** A workflow-run of the database as the API shows it. */
export function presentWorkflowRun(run: StoredWorkflowRun): WorkflowRun {
  const { slot } = decodeOccasion(run.occasion);
  const { pausedAt, pausedBy, pausedReason } = run;
  return {
    id: run.id,
    workflow_id: run.workflowId,
    version: run.version,
    owner: run.owner,
    status: run.status,
    sequence: run.sequence,
    parameters: new RawJson(run.parameters),
    slot: slot === null ? null : new Date(slot).toISOString(),
    schedule_id: run.triggerId,
    started_by: run.startedBy,
    reason: run.reason,
    paused:
      pausedAt === null ? null : { at: pausedAt.toISOString(), by: pausedBy ?? "", reason: pausedReason },
    cancel_requested_at: run.cancelRequestedAt?.toISOString() ?? null,
    cancel_requested_by: run.cancelRequestedBy,
    created_at: run.createdAt.toISOString(),
    started_at: run.startedAt?.toISOString() ?? null,
    finished_at: run.finishedAt?.toISOString() ?? null,
  };
}

/** A workflow-run with its steps. @param tasks - Those of steps without a foreach. */
export function presentWorkflowRunDetail(
  run: StoredWorkflowRun,
  { name, workflow }: PlanContent,
  known: {
    readonly state: WorkflowRunState;
    readonly steps: readonly StoredStep[];
    readonly tasks: readonly StoredTask[];
  },
): WorkflowRunDetail {
  const steps = new Map(known.steps.map((it) => [it.step, it]));
  const tasks = new Map(known.tasks.map((it) => [it.step, it]));
  return {
    ...presentWorkflowRun(run),
    workflow_name: name,
    steps: workflow.steps.map(({ key, type, foreach }): WorkflowStep => {
      const state = known.state.steps[key] ?? NOTHING;
      const task = foreach === undefined && state.tasks.length > 0 ? tasks.get(key) : undefined;
      const stored = steps.get(key);
      return {
        key,
        type,
        status: state.status,
        reason: state.reason,
        problem: problemOf(stored?.problem ?? task?.problem ?? null),
        run_id: task?.runId ?? null,
        tasks: state.tasks.length,
        tasks_by_status: countTasks(state.tasks),
        started_at: stored?.startedAt?.toISOString() ?? null,
        finished_at: stored?.finishedAt?.toISOString() ?? null,
      };
    }),
  };
}

const NOTHING: StepState = { status: "waiting", tasks: [], reason: null, isForced: false };

/** A task of the database as the API shows it. */
export function presentTask(task: StoredTask, state: WorkflowRunState): WorkflowTask {
  return {
    step: task.step,
    task: task.task,
    status: state.steps[task.step]?.tasks[task.task] ?? "waiting",
    sequence: task.sequence,
    run_id: task.runId,
    run_status: task.runStatus,
    wait_until: task.waitUntil?.toISOString() ?? null,
    problem: problemOf(task.problem),
  };
}

function countTasks(tasks: readonly TaskStatus[]): WorkflowStep["tasks_by_status"] {
  const counts: Partial<Record<TaskStatus, number>> = {};
  for (const status of tasks) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
}

function problemOf(text: string | null): WorkflowStep["problem"] {
  return text === null ? null : (JSON.parse(text) as WorkflowStep["problem"]);
}
