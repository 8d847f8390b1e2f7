import type { RunDetail, SweepPage } from "@notemill/api";
import { type MouseEventHandler, type ReactNode, useId, useState } from "react";
import { isOver } from "../runs/status-badge.tsx";
import { Problem } from "../shell/problem.tsx";
import "../styles/sweep.css";
import { ChildrenTable } from "./children-table.tsx";
import { MatrixView } from "./matrix-view.tsx";
import { MetricChart } from "./metric-chart.tsx";
import { statusWord } from "./status-word.ts";
import { SweepActions } from "./sweep-actions.tsx";
import type { SweepTable } from "./sweep-table.ts";
import { useSweep } from "./use-sweep.ts";

/** The order in which statuses are counted. */
const STATUSES = [
  "succeeded",
  "failed",
  "timed_out",
  "lost",
  "cancelled",
  "running",
  "starting",
  "queued",
  "not_started",
] as const;

/** The runs of a sweep, as they go: how many are done, what they measured, and which have failed. */
export function SweepView({
  run,
  isForm,
  onForm,
}: {
  readonly run: RunDetail;
  /** Whether the form for another sweep is there. */
  readonly isForm: boolean;
  readonly onForm: MouseEventHandler<HTMLElement>;
}): ReactNode {
  const { status } = run;
  const { query, table } = useSweep(run);
  if (query.error !== null) return <Problem error={query.error} />;
  const [first] = query.data?.pages ?? [];
  if (first === undefined) return <p className="quiet body-to-come">Loading …</p>;
  const left = first.total - (first.counts["succeeded"] ?? 0);
  return (
    <>
      <Counts page={first} />
      {isOver(status) && <SweepActions run={run} left={left} isForm={isForm} onForm={onForm} />}
      <Measured table={table} />
      <h2>Runs</h2>
      <ChildrenTable table={table} />
      {query.hasNextPage && (
        <button
          type="button"
          className="more"
          disabled={query.isFetchingNextPage}
          onClick={() => void query.fetchNextPage()}
        >
          Show more
        </button>
      )}
    </>
  );
}

/** How many runs are in which status: a bar of those that are over, and words. */
function Counts({ page: { counts, total } }: { readonly page: SweepPage }): ReactNode {
  const found = STATUSES.flatMap((status) => {
    const count = counts[status] ?? 0;
    return count === 0 ? [] : [{ status, count }];
  });
  const over = found.filter(({ status }) => status !== "not_started" && isOver(status));
  const left = total - over.reduce((sum, { count }) => sum + count, 0);
  return (
    <div className="sweep-counts">
      <div className="sweep-bar" aria-hidden="true">
        {over.map(({ status, count }) => (
          <span key={status} data-status={status} style={{ flexGrow: count }} />
        ))}
        {left > 0 && <span style={{ flexGrow: left }} />}
      </div>
      <p className="facts" aria-live="polite">
        <span>
          {counts["succeeded"] ?? 0} of {total} have succeeded
        </span>
        {found
          .filter(({ status }) => status !== "succeeded")
          .map(({ status, count }) => (
            <span key={status}>
              {count} {statusWord(status).toLowerCase()}
            </span>
          ))}
      </p>
    </div>
  );
}

/** What the runs measured, by their parameters. */
function Measured({ table }: { readonly table: SweepTable }): ReactNode {
  const id = useId();
  const { rows, varied, metrics } = table;
  const [chosenMetric, setMetric] = useState<string>();
  const [chosenAlong, setAlong] = useState<string>();
  const [chosenBy, setBy] = useState<string>();
  const metric = chosenMetric ?? metrics[0];
  const along = chosenAlong ?? varied[0];
  const by = chosenBy ?? varied.find((name) => name !== along);
  if (along === undefined) return null;
  const choices = [
    ["Metric", metric, metrics, setMetric],
    ["Across", along, varied, setAlong],
    ["By", by, varied.filter((name) => name !== along), setBy],
  ] as const;
  return (
    <section className="measured" aria-label="What the runs measured">
      <div className="chosen">
        {choices.map(([label, value, names, set]) =>
          names.length < 2 || value === undefined ? null : (
            <label key={label} htmlFor={`${id}-${label}`}>
              {label}
              <select id={`${id}-${label}`} value={value} onChange={(event) => set(event.target.value)}>
                {names.map((name) => (
                  <option key={name}>{name}</option>
                ))}
              </select>
            </label>
          ),
        )}
      </div>
      {by !== undefined && <MatrixView rows={rows} down={by} across={along} metric={metric} />}
      {metric !== undefined && <MetricChart rows={rows} metric={metric} along={along} by={by} />}
    </section>
  );
}
