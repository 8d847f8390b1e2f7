import type { WorkflowRun } from "@notemill/api";
import type { ReactNode } from "react";

/** The status of a workflow-run, as a word and a dot. */
export function WorkflowStatus({ run }: { readonly run: WorkflowRun }): ReactNode {
  const { status, paused } = run;
  const word = status.replace("_", " ");
  return (
    <span className="status" data-status={status}>
      {paused !== null && !isWorkflowOver(run) ? "Paused" : `${word.charAt(0).toUpperCase()}${word.slice(1)}`}
    </span>
  );
}

/** Whether a workflow-run is over. */
export function isWorkflowOver({ status }: Pick<WorkflowRun, "status">): boolean {
  return status !== "queued" && status !== "running";
}
