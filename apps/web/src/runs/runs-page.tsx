import type { ListedRun } from "@notemill/api";
import { lazy, type ReactNode, Suspense, useCallback, useMemo, useState } from "react";
import { Link } from "../routing/link.tsx";
import { goTo, useQueryString } from "../routing/location.ts";
import { runHref } from "../routing/route.ts";
import { Ago } from "../shell/ago.tsx";
import { AwayNote } from "../shell/away-note.tsx";
import { LoadMore } from "../shell/load-more.tsx";
import { Problem } from "../shell/problem.tsx";
import { RowGroups } from "../shell/row-groups.tsx";
import { useTitle } from "../shell/use-title.ts";
import "../styles/runs.css";
import { ParametersSummary } from "./parameters-summary.tsx";
import { PickBar } from "./pick-bar.tsx";
import { PickBox, PickingContext } from "./pick-box.tsx";
import { comparisonHref, type PickedRun, toggled } from "./picks.ts";
import { readFilter, type RunFilter, runsHref } from "./run-filter.ts";
import { RunFilters } from "./run-filters.tsx";
import { RunOrigin } from "./run-origin.tsx";
import { RunTime } from "./run-time.tsx";
import { isOver, StatusBadge } from "./status-badge.tsx";
import { useRuns } from "./use-runs.ts";

// Mostly nothing waits.
const QueueNote = lazy(async () => ({ default: (await import("./queue-note.tsx")).QueueNote }));

/** Lists the runs, newest first, each sweep as one; two of them can be picked and compared. */
export function RunsPage(): ReactNode {
  useTitle("Runs");
  const filter = readFilter(useQueryString());
  const {
    list: query,
    trouble: { problem, isAway },
  } = useRuns(filter);
  const { data, fetchNextPage } = query;
  const runs = useMemo(() => data?.pages.flatMap((page) => page.runs) ?? [], [data]);
  const onMore = useCallback(() => void fetchNextPage(), [fetchNextPage]);
  // What was picked stays so whatever is shown: the other run may be one of another notebook.
  const [picked, setPicked] = useState<readonly PickedRun[]>([]);
  const clear = useCallback(() => setPicked([]), []);
  const picking = useMemo(
    () => ({
      picked,
      toggle: (run: PickedRun) => setPicked((before) => toggled(before, run)),
      compare: () => goTo(comparisonHref(picked)),
    }),
    [picked],
  );
  const { children, ...narrowing } = filter;
  const isNarrow = Object.keys(narrowing).length > 0;
  return (
    <div className="page">
      <header className="page-head">
        <h1>Runs</h1>
        <RunFilters filter={filter} runs={runs} />
      </header>
      {isAway && <AwayNote />}
      {problem !== null && <Problem error={problem} />}
      {query.isSuccess && runs.length === 0 && isNarrow && (
        <p className="empty">
          No run is like this.{" "}
          {children === undefined && isHidingRuns(filter) && (
            <>
              Those of sweeps are left out:{" "}
              <Link href={runsHref({ ...narrowing, children: "true" })}>show them too</Link>.{" "}
            </>
          )}
          <Link href="/runs">Show all runs</Link>
        </p>
      )}
      {query.isSuccess && runs.length === 0 && !isNarrow && (
        <p className="empty">
          Nothing has run yet. <Link href="/">Open a notebook</Link> and press Run.
        </p>
      )}
      {runs.some(isWaiting) && (
        <Suspense fallback={null}>
          <QueueNote />
        </Suspense>
      )}
      {runs.length > 0 && (
        <PickingContext value={picking}>
          <RunTable runs={runs} />
        </PickingContext>
      )}
      {query.hasNextPage && (
        <LoadMore
          isLoading={query.isFetchingNextPage}
          hasFailed={query.isFetchNextPageError}
          onMore={onMore}
        />
      )}
      <PickBar picked={picked} onClear={clear} />
    </div>
  );
}

/** Whether runs of sweeps may be like this that no row of a sweep stands for: what has failed is always there. */
function isHidingRuns({ status }: RunFilter): boolean {
  return status !== undefined && !["failed", "timed_out", "lost"].includes(status);
}

/** Whether it waits for a runner, or its runs may. */
function isWaiting({ status, children }: ListedRun): boolean {
  return status === "queued" || (children !== null && !isOver(status));
}

function RunTable({ runs }: { readonly runs: readonly ListedRun[] }): ReactNode {
  return (
    <table className="list runs">
      <thead>
        <tr>
          <th scope="col">
            <span className="unseen">Pick</span>
          </th>
          <th scope="col">Status</th>
          <th scope="col">Notebook</th>
          <th scope="col">Parameters</th>
          <th scope="col" className="end">
            Took
          </th>
          <th scope="col" className="end">
            Asked for
          </th>
        </tr>
      </thead>
      <RowGroups rows={runs} columns={6} render={renderRun} />
    </table>
  );
}

function renderRun(run: ListedRun): ReactNode {
  return (
    <tr key={run.id}>
      <td className="pick-cell">
        <PickBox run={run} />
      </td>
      <td>
        <StatusBadge status={run.status} />
      </td>
      <td className="name">
        <Link href={runHref(run.id)}>{run.path.split("/").at(-1)}</Link>
        <RunOrigin run={run} />
      </td>
      <td className="given">
        <ParametersSummary parameters={run.parameters} />
      </td>
      <td className="end quiet">
        <RunTime run={run} />
      </td>
      <td className="end quiet">
        <Ago time={run.created_at} />
      </td>
    </tr>
  );
}
