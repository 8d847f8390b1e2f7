import type { WorkflowRun, WorkflowRunDetail, WorkflowStep } from "@notemill/api";
import { oneLine } from "../../progress/one-line.ts";
import { textTable } from "../../text-table.ts";

/** A workflow-run as lines for a person, with its steps. */
export function describeWorkflowRun(run: WorkflowRunDetail): string {
  const lines = [
    ["Workflow-run", run.id],
    ["Workflow", `${run.workflow_name}, version ${run.version}`],
    ["Status", statusOf(run)],
    ["Parameters", run.parameters.text],
    ["Slot", run.slot ?? ""],
    ["Started by", [run.started_by, run.reason].filter((it) => it !== null).join(": ")],
    ["Sequence", run.sequence === 1 ? "" : `${run.sequence}`],
    ["Started", run.started_at ?? ""],
    ["Ended", run.finished_at ?? ""],
  ].filter(([, value]) => value !== "");
  const facts = lines.map(([name = "", value = ""]) => `${name.padEnd(14)}${value}`).join("\n");
  const columns = ["Step", "Status", "Why", "Runs"].map((title) => ({ title }));
  return `${facts}\n\n${textTable(
    columns,
    run.steps.map((it) => [it.key, it.status, whyOf(it), it.run_id ?? tasksOf(it)]),
  )}`;
}

/** Where a workflow-run is, and what somebody wants of it. */
export function statusOf({ status, paused, cancel_requested_at: cancelledAt }: WorkflowRun): string {
  const isOver = status !== "queued" && status !== "running";
  if (isOver) return status;
  if (cancelledAt !== null) return `${status}, is being cancelled`;
  if (paused === null) return status;
  return `${status}, paused by ${paused.by}${paused.reason === null ? "" : `: ${paused.reason}`}`;
}

function whyOf({ reason, problem }: WorkflowStep): string {
  if (problem !== null) {
    const field = problem.field === "" ? "" : `${problem.field}: `;
    return `${field}${oneLine(problem.message)} (${problem.code})`;
  }
  return reason?.replaceAll("_", " ") ?? "";
}

function tasksOf({ tasks, tasks_by_status: counts }: WorkflowStep): string {
  if (tasks <= 1) return "";
  return Object.entries(counts)
    .map(([status, count]) => `${count} ${status}`)
    .join(", ");
}

/** The exit code of a workflow-run that is over: 0 when it succeeded. */
export function workflowRunExitCode({ status }: WorkflowRun): number {
  return status === "succeeded" ? 0 : 1;
}
