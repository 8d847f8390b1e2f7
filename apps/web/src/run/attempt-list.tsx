import type { RunDetail } from "@notemill/api";
import type { ReactNode } from "react";
import { withBase } from "../routing/base-path.ts";
import { runHref } from "../routing/route.ts";
import { RunTime } from "../runs/run-time.tsx";
import { StatusBadge } from "../runs/status-badge.tsx";

/** The tries at a run, newest first, with why each did not succeed. */
export function AttemptList({ id, attempts }: Pick<RunDetail, "id" | "attempts">): ReactNode {
  return (
    <section>
      <h2>Attempts</h2>
      <ol className="attempts" reversed>
        {attempts.toReversed().map((attempt) => (
          <li key={attempt.id}>
            <StatusBadge status={attempt.status} /> <RunTime run={attempt} />
            {attempt.failure !== null && (
              <p className="quiet">
                {attempt.failure.message}
                {attempt.failure.cell_index !== null && (
                  <>
                    {" "}
                    <a href={`${withBase(runHref(id))}#cell-${attempt.failure.cell_id ?? ""}`}>
                      Cell {attempt.failure.cell_index + 1}
                    </a>
                  </>
                )}
              </p>
            )}
          </li>
        ))}
      </ol>
    </section>
  );
}
