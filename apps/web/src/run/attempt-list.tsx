import type { RunDetail } from "@notemill/api";
import type { ReactNode } from "react";
import { RunTime } from "../runs/run-time.tsx";
import { StatusBadge } from "../runs/status-badge.tsx";

/** The tries at a run, newest first, with why each did not succeed. */
export function AttemptList({ attempts }: Pick<RunDetail, "attempts">): ReactNode {
  return (
    <section>
      <h2>Attempts</h2>
      <ol className="attempts" reversed>
        {attempts.toReversed().map((attempt) => (
          <li key={attempt.id}>
            <StatusBadge status={attempt.status} /> <RunTime run={attempt} />
            {attempt.failure !== null && <p className="quiet">{attempt.failure.message}</p>}
          </li>
        ))}
      </ol>
    </section>
  );
}
