import type { Run } from "@notemill/api";
import type { ReactNode } from "react";

/** What the statuses of a run are called. */
const WORDS: Readonly<Record<Run["status"], string>> = {
  queued: "Queued",
  starting: "Starting",
  running: "Running",
  succeeded: "Succeeded",
  failed: "Failed",
  cancelled: "Cancelled",
  timed_out: "Timed out",
  lost: "Lost",
};

/** The status of a run, as a word and a dot. */
export function StatusBadge({ status }: { readonly status: Run["status"] }): ReactNode {
  return (
    <span className="status" data-status={status}>
      {WORDS[status]}
    </span>
  );
}

/** Whether a run in this status is over. */
export function isOver(status: Run["status"]): boolean {
  return !["queued", "starting", "running"].includes(status);
}
