import type { RunDetail } from "@notemill/api";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { lazy, type MouseEvent, type ReactNode, Suspense, useCallback, useState } from "react";
import "../notebook/notebook-styles.ts";
import { replaceQuery, useQueryString } from "../routing/location.ts";
import { server } from "../server/server.ts";
import { troubleOf, UNTIL_ANSWERED } from "../server/trouble.ts";
import { isOver } from "../runs/status-badge.tsx";
import { AwayNote } from "../shell/away-note.tsx";
import { Problem } from "../shell/problem.tsx";
import { useOpener } from "../shell/use-opener.ts";
import { useTitle } from "../shell/use-title.ts";
import "../styles/run.css";
import { FailureNote } from "./failure-note.tsx";
import { RunFacts } from "./run-facts.tsx";
import { RunHead } from "./run-head.tsx";
import { RunNotebook } from "./run-notebook.tsx";
import { RunEvents } from "./run-events.tsx";
import { RunFiles } from "./run-files.tsx";
import { RunLog } from "./run-log.tsx";
import { runTitle } from "./run-title.ts";
import { RunWarnings } from "./run-warnings.tsx";
import { readRunView, RunViews } from "./run-views.tsx";
import { useActivity } from "./use-activity.ts";

// What mends notebooks is for runs that failed.
const DebugPanel = lazy(async () => ({ default: (await import("../debug/debug-panel.tsx")).DebugPanel }));
const AgainForm = lazy(async () => ({ default: (await import("./again-form.tsx")).AgainForm }));
const SweepView = lazy(async () => ({ default: (await import("../sweeps/sweep-view.tsx")).SweepView }));
const MendedNote = lazy(async () => ({ default: (await import("../debug/mended-note.tsx")).MendedNote }));

/** How often a run that waits is read again, in milliseconds. */
const WAITING_MS = 5000;

/** Shows a run: how it goes or went, and its output notebook, while it grows too. */
export function RunPage({ id }: { readonly id: string }): ReactNode {
  const asked = useQuery({
    queryKey: ["run", id],
    queryFn: ({ signal }) => server.getRun(id, { signal }),
    ...UNTIL_ANSWERED,
    // What a run waits for may change without an event of the run.
    refetchInterval: ({ state }) => (state.data?.status === "queued" ? WAITING_MS : false),
  });
  const { data: run } = asked;
  const { problem, isAway } = troubleOf(asked);
  useTitle(run === undefined ? "Run" : runTitle(run));
  if (problem !== null) {
    return (
      <div className="page">
        <Problem error={problem} />
      </div>
    );
  }
  return run === undefined ? null : <Loaded run={run} isAway={isAway} />;
}

function Loaded({ run, isAway }: { readonly run: RunDetail; readonly isAway: boolean }): ReactNode {
  const queries = useQueryClient();
  const { id } = run;
  const onStatus = useCallback(
    () => void queries.invalidateQueries({ queryKey: ["run", id] }),
    [queries, id],
  );
  // A run that was over when the page opened has all in its notebook.
  const [isFollowed] = useState(!isOver(run.status));
  const { activity, problem } = useActivity(id, { isFollowed, onStatus });
  const query = useQueryString();
  const isForm = query.has("again") && isOver(run.status);
  const opener = useOpener();
  const toggleForm = (): void => {
    const next = new URLSearchParams(query);
    if (isForm) next.delete("again");
    else next.set("again", "");
    replaceQuery(next);
  };
  const openForm = (event: MouseEvent<HTMLElement>): void => {
    opener.open(event);
    toggleForm();
  };
  const closeForm = (): void => {
    toggleForm();
    opener.leave();
  };
  const cellId = run.failure?.cell_id ?? null;
  const view = readRunView(query, { isSweep: run.is_sweep });
  return (
    <div className="page notebook-page with-side run-page">
      <RunHead run={run} activity={activity} isForm={isForm} onForm={openForm} />
      {isAway && <AwayNote />}
      {problem !== null && <Problem error={problem} />}
      {run.failure !== null && isOver(run.status) && <FailureNote run={run} failure={run.failure} />}
      <RunWarnings warnings={run.warnings} />
      <Suspense fallback={null}>
        {isOver(run.status) && cellId !== null && <DebugPanel run={run} cellId={cellId} />}
        {run.status === "succeeded" && run.rerun_of !== null && (
          <MendedNote run={run} earlierId={run.rerun_of} />
        )}
      </Suspense>
      {isForm && (
        <aside className="side" aria-label="Run it again">
          <Suspense fallback={null}>
            <AgainForm run={run} onClose={closeForm} headingRef={opener.enter} />
          </Suspense>
        </aside>
      )}
      <div className="run-body">
        <RunViews id={id} view={view} isSweep={run.is_sweep} />
        {view === "runs" && (
          <Suspense fallback={<p className="quiet body-to-come">Loading …</p>}>
            <SweepView run={run} isForm={isForm} onForm={openForm} />
          </Suspense>
        )}
        {view === "output" && <RunNotebook run={run} activity={activity} />}
        {view === "events" && <RunEvents run={run} />}
        {view === "log" && <RunLog run={run} log={activity.log} />}
        {view === "files" && <RunFiles run={run} />}
      </div>
      {!isForm && (
        <aside className="side" aria-label="About this run">
          <RunFacts run={run} />
        </aside>
      )}
    </div>
  );
}
