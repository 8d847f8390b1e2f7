import type { Run } from "@notemill/api";
import type { RawJson } from "@notemill/json";
import { useMutation, useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Link } from "../routing/link.tsx";
import { runHref } from "../routing/route.ts";
import { isOver, StatusBadge } from "../runs/status-badge.tsx";
import { server } from "../server/server.ts";
import { Problem } from "../shell/problem.tsx";

/** How often a run that is tried is looked at, in milliseconds. */
const AGAIN_MS = 1000;

interface TryOutProps {
  /** What the run gets; undefined where only an event would tell. */
  readonly parameters: RawJson | undefined;
  readonly start: (parameters: RawJson) => Promise<Run>;
}

/** Starts what the first slot would, in a directory of its own, before anything is on a schedule. */
export function TryOut({ parameters, start }: TryOutProps): ReactNode {
  const trying = useMutation({ mutationFn: start });
  const id = trying.data?.id ?? "";
  const { data: run } = useQuery({
    queryKey: ["run", id],
    queryFn: ({ signal }) => server.getRun(id, { signal }),
    enabled: id !== "",
    refetchInterval: ({ state }) =>
      state.data !== undefined && isOver(state.data.status) ? false : AGAIN_MS,
  });
  if (parameters === undefined) {
    return (
      <p className="field-help">
        What follows an event is known with the event: once the schedule is made, its page starts a run by
        hand.
      </p>
    );
  }
  const shown = run ?? trying.data;
  return (
    <section aria-label="Test run" className="try-out">
      <p className="field-help">
        A test run does now what the first slot would, with only the files that the notebook declares.
      </p>
      <div className="actions">
        <button type="button" disabled={trying.isPending} onClick={() => trying.mutate(parameters)}>
          {shown === undefined ? "Test run" : "Test run again"}
        </button>
        {shown !== undefined && (
          <span aria-live="polite">
            <StatusBadge status={shown.status} />{" "}
            <Link href={runHref(shown.id)} target="_blank">
              See it
            </Link>
          </span>
        )}
      </div>
      {run?.failure != null && isOver(run.status) && <p className="field-problem">{run.failure.message}</p>}
      {trying.isError && <Problem error={trying.error} />}
    </section>
  );
}
