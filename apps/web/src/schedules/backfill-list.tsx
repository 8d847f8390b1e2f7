import type { Backfill } from "@notemill/api";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { server } from "../server/server.ts";
import { Problem } from "../shell/problem.tsx";
import { shownTime } from "../shell/shown-time.ts";
import { sayError } from "../shell/toasts.ts";
import { useMayChange } from "../shell/use-session.ts";
import { BackfillProgress } from "./backfill-progress.tsx";

/** How often the list is read again, in milliseconds. */
const AGAIN_MS = 5000;

/** The backfills of a schedule, newest first, and what stops them and lets them go on. */
export function BackfillList({ id }: { readonly id: string }): ReactNode {
  const { data, error } = useQuery({
    queryKey: ["backfills", id],
    queryFn: ({ signal }) => server.listBackfills(id, { limit: 50 }, { signal }),
    refetchInterval: AGAIN_MS,
  });
  if (error !== null) return <Problem error={error} />;
  if (data === undefined || data.backfills.length === 0) return null;
  return (
    <section aria-labelledby="backfills">
      <h2 id="backfills">Backfills</h2>
      <ul className="rules">
        {data.backfills.map((backfill) => (
          <BackfillRow key={backfill.id} backfill={backfill} />
        ))}
      </ul>
    </section>
  );
}

function BackfillRow({ backfill }: { readonly backfill: Backfill }): ReactNode {
  const { id, state, from, until, schedule_id: scheduleId } = backfill;
  const mayChange = useMayChange();
  const queries = useQueryClient();
  const act = useMutation({
    mutationFn: (what: "pause" | "resume" | "cancel") =>
      what === "pause"
        ? server.pauseBackfill(id)
        : what === "resume"
          ? server.resumeBackfill(id)
          : server.cancelBackfill(id),
    onError: (error) => sayError(error),
    onSettled: () => queries.invalidateQueries({ queryKey: ["backfills", scheduleId] }),
  });
  const isLive = state === "running" || state === "paused";
  return (
    <li>
      <div>
        <span className="tabular">
          {shownTime(from)} to {shownTime(until)}
        </span>
        {state === "paused" && <span className="where">Paused: no more runs are started</span>}
        <BackfillProgress backfill={backfill} />
      </div>
      {mayChange && isLive && (
        <span className="row-buttons">
          <button
            type="button"
            disabled={act.isPending}
            onClick={() => act.mutate(state === "paused" ? "resume" : "pause")}
          >
            {state === "paused" ? "Resume" : "Pause"}
          </button>
          <button type="button" disabled={act.isPending} onClick={() => act.mutate("cancel")}>
            Cancel
          </button>
        </span>
      )}
    </li>
  );
}
