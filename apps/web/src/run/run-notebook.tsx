import type { RunDetail } from "@notemill/api";
import { ServerProblem } from "@notemill/client";
import { createNotebookRenderer } from "@notemill/html-export";
import { useQuery } from "@tanstack/react-query";
import { NotebookView } from "@notemill/viewer";
import { type ReactNode, useMemo } from "react";
import { isOver } from "../runs/status-badge.tsx";
import { readDocument } from "../server/read-notebook.ts";
import { server } from "../server/server.ts";
import { Problem } from "../shell/problem.tsx";
import type { RunActivity } from "./run-activity.ts";

/** How long to wait before asking again for a notebook that is not there yet, in milliseconds. */
const AGAIN_MS = 500;

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
  const { id, attempt } = run;
  const hasEnded = isOver(run.status);
  const {
    data: notebook,
    error,
    isPlaceholderData: isBefore,
  } = useQuery({
    queryKey: ["output", id, attempt, hasEnded],
    queryFn: async ({ signal }) => {
      try {
        return readDocument(await server.getNotebook(id, { signal }));
      } catch (caught) {
        if (caught instanceof ServerProblem && caught.code === "OUTPUT_NOT_THERE") return null;
        throw caught;
      }
    },
    refetchInterval: ({ state }) => (state.data === null && !hasEnded ? AGAIN_MS : false),
    staleTime: Number.POSITIVE_INFINITY,
    structuralSharing: false,
    // The page of a run that ends keeps what it shows until the last state is there.
    placeholderData: (before) => before,
  });
  const renderer = useMemo(
    () => (notebook === null || notebook === undefined ? null : createNotebookRenderer(notebook)),
    [notebook],
  );
  if (error !== null) return <Problem error={error} />;
  if (renderer === null) {
    if (notebook === null && hasEnded) return <p className="empty">This run left no output notebook.</p>;
    return <p className="quiet">{waitingText(run)}</p>;
  }
  const failedCellId = hasEnded ? (run.failure?.cell_id ?? undefined) : undefined;
  return (
    <NotebookView
      renderer={renderer}
      progress={hasEnded && !isBefore ? undefined : activity.cells}
      failedCellId={failedCellId}
    />
  );
}

function waitingText({ status, not_before: notBefore }: RunDetail): string {
  if (notBefore !== null) return "It waits for its next attempt.";
  return status === "queued" ? "It waits for a runner." : "The kernel starts.";
}
