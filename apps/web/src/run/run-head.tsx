import type { RunDetail } from "@notemill/api";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { MouseEventHandler, ReactNode } from "react";
import { compareHref } from "../compare/side.ts";
import { withBase } from "../routing/base-path.ts";
import { Link } from "../routing/link.tsx";
import { viewHref } from "../routing/route.ts";
import { goToStarted } from "../runs/go-to-started.ts";
import { RunTime } from "../runs/run-time.tsx";
import { isOver, StatusBadge } from "../runs/status-badge.tsx";
import { server } from "../server/server.ts";
import { ShareButton } from "../share/share-button.tsx";
import { Ago } from "../shell/ago.tsx";
import { Problem } from "../shell/problem.tsx";
import type { RunActivity } from "./run-activity.ts";
import { shortId } from "../shell/short-id.ts";
import { Trail } from "../shell/trail.tsx";
import { runTitle } from "./run-title.ts";
import { useRunCommands } from "./use-run-commands.ts";
import { WaitingNote } from "./waiting-note.tsx";

/** The top of a run's page: what runs, how far it is, and what can be done with it. */
export function RunHead({
  run,
  activity,
  isForm,
  onForm,
}: {
  readonly run: RunDetail;
  readonly activity: RunActivity;
  /** Whether the form for another run is there. */
  readonly isForm: boolean;
  readonly onForm: MouseEventHandler<HTMLElement>;
}): ReactNode {
  const queries = useQueryClient();
  const { id, path, status } = run;
  const cancel = useMutation({
    mutationFn: () => server.cancelRun(id),
    onSettled: () => queries.invalidateQueries({ queryKey: ["run", id] }),
  });
  const rerun = useMutation({
    mutationFn: () => server.rerunRun(id, {}),
    onSuccess: goToStarted,
  });
  useRunCommands(run, { rerun: rerun.mutate, cancel: cancel.mutate });
  const ended = isOver(status);
  const isCancelling = run.cancel_requested_at !== null && !ended;
  return (
    <header className="page-head">
      <Trail above={[{ text: "Runs", href: "/runs" }]} here={shortId(id)} />
      <h1>{runTitle(run)}</h1>
      <p className="notebook-path">
        <Link href={viewHref(path)}>{path}</Link>
      </p>
      <p className="facts" aria-live="polite">
        <StatusBadge status={status} />
        <Progress run={run} activity={activity} />
        <RunTime run={run} />
        <span>
          asked for <Ago time={run.created_at} />
        </span>
      </p>
      {run.waiting !== null && <WaitingNote waiting={run.waiting} notBefore={run.not_before} />}
      <div className="actions">
        {ended && !run.is_sweep && (
          <button
            type="button"
            // A run that failed in a cell has its main action at that cell.
            className={(run.failure?.cell_id ?? null) === null ? "primary" : undefined}
            disabled={rerun.isPending}
            onClick={() => rerun.mutate()}
          >
            Run again
          </button>
        )}
        {!ended && (
          <button type="button" disabled={cancel.isPending || isCancelling} onClick={() => cancel.mutate()}>
            {isCancelling ? "Cancelling …" : "Cancel"}
          </button>
        )}
        {ended && !run.is_sweep && (
          <button type="button" aria-expanded={isForm} onClick={onForm}>
            With other values …
          </button>
        )}
        <Link className="button" href={viewHref(path)}>
          Open the notebook
        </Link>
        {ended && !run.is_sweep && (
          <Link
            className="button"
            href={compareHref(run.rerun_of === null ? null : { kind: "run", id: run.rerun_of }, {
              kind: "run",
              id,
            })}
          >
            Compare …
          </Link>
        )}
        {ended && (
          <a className="button" href={withBase(`/api/v1/runs/${id}/notebook`)} download={`${id}.ipynb`}>
            Download
          </a>
        )}
        <ShareButton thing={{ kind: "run", runId: id }} />
      </div>
      {cancel.isError && <Problem error={cancel.error} />}
      {rerun.isError && <Problem error={rerun.error} />}
    </header>
  );
}

function Progress({
  run: { status },
  activity: { cells, cellCount },
}: {
  readonly run: RunDetail;
  readonly activity: RunActivity;
}): ReactNode {
  if (isOver(status) || cellCount === 0) return null;
  const done = [...cells.values()].filter((it) => it.status !== "running").length;
  return (
    <span className="progress">
      <progress max={cellCount} value={done} aria-label="Cells that are done" />
      {done} of {cellCount} cells
    </span>
  );
}
