import type { RunDetail } from "@notemill/api";
import { type ComponentType, type ReactNode, Suspense, useMemo } from "react";
import type { DefaultValuesProps } from "../run/default-values.tsx";
import { ValueList } from "../run/value-list.tsx";
import { isOver } from "../runs/status-badge.tsx";
import { sweepValues, valuesText } from "./sweep-values.ts";
import { useSweep } from "./use-sweep.ts";

/** What a sweep varies, and what all of its runs share. */
export function SweepFacts({
  run,
  Defaults,
}: {
  readonly run: RunDetail;
  /** Lists the defaults of the notebook of a run, but for those that were given. */
  readonly Defaults: ComponentType<DefaultValuesProps>;
}): ReactNode {
  const { query, table } = useSweep(run);
  const { varied, shared } = useMemo(() => sweepValues(table), [table]);
  const given = useMemo(() => new Set([...varied, ...shared].map(([name]) => name)), [varied, shared]);
  const [first] = query.data?.pages ?? [];
  // What is wrong is said where its runs are.
  if (first === undefined) return query.error === null ? <section className="facts-to-come" /> : null;
  const read = table.rows.length;
  const ended = table.rows.flatMap(({ runId, status }) =>
    runId === null || status === "not_started" || !isOver(status) ? [] : [{ id: runId, attempt: 0, status }],
  )[0];
  return (
    <>
      {varied.length > 0 && (
        <section>
          <h2>Varied</h2>
          <ValueList entries={varied.map(([name, values]) => [name, valuesText(values)])} />
          {read < first.total && (
            <p className="quiet">
              in the first {read} of {first.total} runs
            </p>
          )}
        </section>
      )}
      {shared.length > 0 && (
        <section>
          <h2>The same in all runs</h2>
          <ValueList entries={shared} />
        </section>
      )}
      {ended !== undefined && (
        <Suspense fallback={null}>
          <Defaults run={ended} given={given} />
        </Suspense>
      )}
    </>
  );
}
