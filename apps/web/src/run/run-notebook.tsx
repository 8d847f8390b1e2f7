import type { RunDetail } from "@notemill/api";
import { createNotebookRenderer } from "@notemill/html-export";
import { FindBar, NotebookView } from "@notemill/viewer";
import { type ReactNode, useMemo } from "react";
import { ActiveOutputs } from "../notebook/active-outputs.tsx";
import { useFinding } from "../notebook/use-finding.ts";
import { useFolds } from "../notebook/use-folds.ts";
import { isOver } from "../runs/status-badge.tsx";
import { troubleOf } from "../server/trouble.ts";
import { AwayNote } from "../shell/away-note.tsx";
import { Problem } from "../shell/problem.tsx";
import type { RunActivity } from "./run-activity.ts";
import { useOutput } from "./use-output.ts";

/**
 * Shows the output notebook of a run. While it runs the cells come from the notebook as it
 * was when the attempt began to write it, and what becomes of them from the events; when it
 * is over all comes from the notebook.
 */
export function RunNotebook({
  run,
  activity,
}: {
  readonly run: RunDetail;
  readonly activity: RunActivity;
}): ReactNode {
  const hasEnded = isOver(run.status);
  const [isFinding, setFinding] = useFinding();
  const folds = useFolds();
  const asked = useOutput(run);
  const { data: notebook, isPlaceholderData: isBefore } = asked;
  const { problem, isAway } = troubleOf(asked);
  const renderer = useMemo(
    () => (notebook === null || notebook === undefined ? null : createNotebookRenderer(notebook)),
    [notebook],
  );
  if (problem !== null) return <Problem error={problem} />;
  if (renderer === null) {
    if (notebook === null && hasEnded) return <p className="empty">This run left no output notebook.</p>;
    // What it left fills the window, and what is below does not jump when it comes.
    if (hasEnded) return <p className="quiet body-to-come">Loading …</p>;
    return <p className="quiet">{waitingText(run)}</p>;
  }
  const failedCellId = hasEnded ? (run.failure?.cell_id ?? undefined) : undefined;
  return (
    <ActiveOutputs>
      {isAway && <AwayNote />}
      {isFinding && (
        <FindBar renderer={renderer} folds={folds} code="show" onClose={() => setFinding(false)} />
      )}
      <NotebookView
        renderer={renderer}
        folds={folds}
        progress={hasEnded && !isBefore ? undefined : activity.cells}
        failedCellId={failedCellId}
      />
    </ActiveOutputs>
  );
}

function waitingText({ status, not_before: notBefore }: RunDetail): string {
  if (notBefore !== null) return "It waits for its next attempt.";
  return status === "queued" ? "It waits for a runner." : "The kernel starts.";
}
