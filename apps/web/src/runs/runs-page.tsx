import type { Run } from "@notemill/api";
import { lazy, type ReactNode, Suspense, useCallback, useMemo } from "react";
import { Link } from "../routing/link.tsx";
import { useQueryString } from "../routing/location.ts";
import { runHref } from "../routing/route.ts";
import { Ago } from "../shell/ago.tsx";
import { AwayNote } from "../shell/away-note.tsx";
import { LoadMore } from "../shell/load-more.tsx";
import { Problem } from "../shell/problem.tsx";
import { RowGroups } from "../shell/row-groups.tsx";
import { useTitle } from "../shell/use-title.ts";
import { ParametersSummary } from "./parameters-summary.tsx";
import { readFilter } from "./run-filter.ts";
import { RunFilters } from "./run-filters.tsx";
import { RunTime } from "./run-time.tsx";
import { StatusBadge } from "./status-badge.tsx";
import { useRuns } from "./use-runs.ts";

// Mostly nothing waits.
const QueueNote = lazy(async () => ({ default: (await import("./queue-note.tsx")).QueueNote }));

/** Lists the runs, newest first. */
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
  return (
    <div className="page">
      <header className="page-head">
        <h1>Runs</h1>
        <RunFilters filter={filter} runs={runs} />
      </header>
      {isAway && <AwayNote />}
      {problem !== null && <Problem error={problem} />}
      {query.isSuccess && runs.length === 0 && Object.keys(filter).length > 0 && (
        <p className="empty">
          No run is like this. <Link href="/runs">Show all runs</Link>
        </p>
      )}
      {query.isSuccess && runs.length === 0 && Object.keys(filter).length === 0 && (
        <p className="empty">
          Nothing has run yet. <Link href="/">Open a notebook</Link> and press Run.
        </p>
      )}
      {runs.some(({ status }) => status === "queued") && (
        <Suspense fallback={null}>
          <QueueNote />
        </Suspense>
      )}
      {runs.length > 0 && <RunTable runs={runs} />}
      {query.hasNextPage && (
        <LoadMore
          isLoading={query.isFetchingNextPage}
          hasFailed={query.isFetchNextPageError}
          onMore={onMore}
        />
      )}
    </div>
  );
}

function RunTable({ runs }: { readonly runs: readonly Run[] }): ReactNode {
  return (
    <table className="list runs">
      <thead>
        <tr>
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
      <RowGroups rows={runs} columns={5} render={renderRun} />
    </table>
  );
}

function renderRun(run: Run): ReactNode {
  return (
    <tr key={run.id}>
      <td>
        <StatusBadge status={run.status} />
      </td>
      <td className="name">
        <Link href={runHref(run.id)}>{run.path.split("/").at(-1)}</Link>
        <span className="where">
          {run.is_sweep && "Sweep · "}
          {run.path.split("/").slice(0, -1).join("/")}
        </span>
      </td>
      <td className="wide-only">
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
