import type { Schedule } from "@notemill/api";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { Link } from "../routing/link.tsx";
import { goTo, useQueryString } from "../routing/location.ts";
import { runHref, viewHref, workflowRunHref } from "../routing/route.ts";
import { server } from "../server/server.ts";
import { Problem } from "../shell/problem.tsx";
import { shownTime } from "../shell/shown-time.ts";
import { say, sayError } from "../shell/toasts.ts";
import { useTitle } from "../shell/use-title.ts";
import { ScheduleForm } from "./schedule-form.tsx";

/** How often the list is read again, in milliseconds. */
const AGAIN_MS = 10_000;

/** Lists the newest schedules, pauses and starts them, and makes new ones. */
export function SchedulesPage(): ReactNode {
  useTitle("Schedules");
  const path = useQueryString().get("path");
  const [isMaking, setMaking] = useState(path !== null);
  const { data, error } = useQuery({
    queryKey: ["schedules"],
    queryFn: ({ signal }) => server.listSchedules({ limit: 200 }, { signal }),
    refetchInterval: AGAIN_MS,
  });
  return (
    <div className="page">
      <header className="page-head">
        <h1>Schedules</h1>
        <div className="actions">
          <button
            type="button"
            className="primary"
            aria-expanded={isMaking}
            onClick={() => setMaking(!isMaking)}
          >
            New schedule …
          </button>
        </div>
      </header>
      {isMaking && <ScheduleForm path={path ?? ""} onMade={() => setMaking(false)} />}
      {error !== null && <Problem error={error} />}
      {data?.schedules.length === 0 && !isMaking && (
        <p className="empty">
          Nothing is scheduled. A schedule runs a notebook again and again, at times that you choose.
        </p>
      )}
      {data !== undefined && data.schedules.length > 0 && (
        <table className="list">
          <thead>
            <tr>
              <th scope="col">Schedule</th>
              <th scope="col" className="wide-only">
                When
              </th>
              <th scope="col">Next</th>
              <th scope="col">
                <span className="unseen">Actions</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {data.schedules.map((schedule) => (
              <ScheduleRow key={schedule.id} schedule={schedule} />
            ))}
          </tbody>
        </table>
      )}
    </div>
  );
}

function ScheduleRow({ schedule }: { readonly schedule: Schedule }): ReactNode {
  const { id, name, path, workflow, in_words: inWords, paused, stalled, next_fire_at: next } = schedule;
  const queries = useQueryClient();
  const refresh = (): Promise<void> => queries.invalidateQueries({ queryKey: ["schedules"] });
  const toggle = useMutation({
    mutationFn: () => (paused === null ? server.pauseSchedule(id) : server.resumeSchedule(id)),
    onError: (error) => sayError(error),
    onSettled: refresh,
  });
  const start = useMutation({
    mutationFn: () => server.runSchedule(id),
    onSuccess: ({ id: made }) =>
      say(`${name} is started`, {
        label: "See it",
        run: () => goTo(path === null ? workflowRunHref(made) : runHref(made)),
      }),
    onError: (error) => sayError(error),
  });
  return (
    <tr>
      <td className="name">
        {path === null ? name : <Link href={viewHref(path)}>{name}</Link>}
        <span className="where">{path ?? `workflow ${workflow?.name ?? ""}`}</span>
      </td>
      <td className="wide-only">{inWords}</td>
      <td>
        {paused !== null ? "Paused" : next === null ? "–" : shownTime(next)}
        {stalled !== null && <span className="where">Cannot be fired: {stalled.message}</span>}
      </td>
      <td className="end">
        <span className="row-buttons">
          <button
            type="button"
            disabled={start.isPending}
            onClick={() => start.mutate()}
            aria-label={`Run now: ${name}`}
          >
            Run now
          </button>
          <button
            type="button"
            disabled={toggle.isPending}
            onClick={() => toggle.mutate()}
            aria-label={`${paused === null ? "Pause" : "Resume"} ${name}`}
          >
            {paused === null ? "Pause" : "Resume"}
          </button>
        </span>
      </td>
    </tr>
  );
}
