import type { RunDetail } from "@notemill/api";
import type { ReactNode } from "react";
import { ValueList } from "../run/value-list.tsx";
import { sweepValues, valuesText } from "./sweep-values.ts";
import { useSweep } from "./use-sweep.ts";

/** What a sweep varies, and what all of its runs share. */
export function SweepFacts({ run }: { readonly run: RunDetail }): ReactNode {
  const { query, table } = useSweep(run);
  const { varied, shared } = sweepValues(table);
  const [first] = query.data?.pages ?? [];
  // What is wrong is said where its runs are.
  if (first === undefined) return null;
  const read = table.rows.length;
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
      <section>
        <h2>The same in all runs</h2>
        {shared.length === 0 ? (
          <p className="quiet">The notebook’s defaults</p>
        ) : (
          <ValueList entries={shared} />
        )}
      </section>
    </>
  );
}
