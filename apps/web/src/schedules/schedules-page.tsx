import type { ListedSchedule } from "@notemill/api";
import { useInfiniteQuery } from "@tanstack/react-query";
import { lazy, type ReactNode, Suspense, useCallback, useState } from "react";
import { Link } from "../routing/link.tsx";
import { useQueryString } from "../routing/location.ts";
import { runHref, scheduleHref, workflowRunHref } from "../routing/route.ts";
import { server } from "../server/server.ts";
import { troubleOf, UNTIL_ANSWERED } from "../server/trouble.ts";
import { AwayNote } from "../shell/away-note.tsx";
import { LoadMore } from "../shell/load-more.tsx";
import { PathText } from "../shell/path-text.tsx";
import { Problem } from "../shell/problem.tsx";
import { shownTime } from "../shell/shown-time.ts";
import { useMayChange, useMayRun } from "../shell/use-session.ts";
import { useTitle } from "../shell/use-title.ts";
import "../styles/schedule.css";
import { PauseButton, RunNowButton } from "./schedule-buttons.tsx";
import { SlotStatus } from "./slot-status.tsx";
import { hasInstants } from "./spec-draft.ts";

// What reads parameters is for those who make one.
const NewSchedule = lazy(async () => ({ default: (await import("./new-schedule.tsx")).NewSchedule }));

/** How often the list is read again, in milliseconds; with more pages less often. */
const AGAIN_MS = 5000;

/** Lists the schedules, newest first, pauses and starts them, and makes new ones. */
export function SchedulesPage(): ReactNode {
  useTitle("Schedules");
  const workflow = useQueryString().get("workflow");
  const mayChange = useMayChange();
  const [isMaking, setMaking] = useState(workflow !== null);
  const query = useInfiniteQuery({
    queryKey: ["schedules", "pages"],
    queryFn: ({ pageParam, signal }) =>
      server.listSchedules(pageParam === null ? {} : { before: pageParam }, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    ...UNTIL_ANSWERED,
    refetchInterval: ({ state }) => AGAIN_MS * (state.data?.pages.length ?? 1),
  });
  const { problem, isAway } = troubleOf(query);
  const { fetchNextPage } = query;
  const onMore = useCallback(() => void fetchNextPage(), [fetchNextPage]);
  const schedules = query.data?.pages.flatMap((page) => page.schedules) ?? [];
  return (
    <div className="page">
      <header className="page-head">
        <h1>Schedules</h1>
        {mayChange && (
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
        )}
      </header>
      {isMaking && (
        <Suspense fallback={<p className="quiet">Loading …</p>}>
          <NewSchedule {...(workflow === null ? {} : { workflow })} onClose={() => setMaking(false)} />
        </Suspense>
      )}
      {isAway && <AwayNote />}
      {problem !== null && <Problem error={problem} />}
      {query.isSuccess && schedules.length === 0 && !isMaking && (
        <p className="empty">
          Nothing is scheduled. A schedule runs a notebook again and again, at times that you choose.
        </p>
      )}
      {schedules.length > 0 && (
        <table className="list schedules">
          <thead>
            <tr>
              <th scope="col">Schedule</th>
              <th scope="col" className="wide-only">
                When
              </th>
              <th scope="col">Last</th>
              <th scope="col">Next</th>
              <th scope="col" className="wide-only">
                <span className="unseen">Actions</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {schedules.map((schedule) => (
              <ScheduleRow key={schedule.id} schedule={schedule} />
            ))}
          </tbody>
        </table>
      )}
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

function ScheduleRow({ schedule }: { readonly schedule: ListedSchedule }): ReactNode {
  const { id, name, path, workflow, in_words: inWords, last_slot: last } = schedule;
  const mayChange = useMayChange();
  const mayRun = useMayRun();
  return (
    <tr>
      <td className="name">
        <Link href={scheduleHref(id)}>{name}</Link>
        <span className="where">
          {path === null ? `workflow ${workflow?.name ?? ""}` : <PathText path={path} />}
        </span>
      </td>
      <td className="wide-only">{inWords}</td>
      <td>{last !== null && <LastSlot slot={last} />}</td>
      <td>
        <Next schedule={schedule} />
      </td>
      {/* On a phone they are on its page. */}
      <td className="end wide-only">
        <span className="row-buttons">
          {mayRun && <RunNowButton schedule={schedule} />}
          {mayChange && <PauseButton schedule={schedule} />}
        </span>
      </td>
    </tr>
  );
}

function LastSlot({ slot }: { readonly slot: NonNullable<ListedSchedule["last_slot"]> }): ReactNode {
  const { run_id: runId, workflow_run_id: workflowRunId } = slot;
  const href =
    runId !== null ? runHref(runId) : workflowRunId !== null ? workflowRunHref(workflowRunId) : null;
  return href === null ? (
    <SlotStatus slot={slot} />
  ) : (
    <Link href={href} className="last-slot">
      <SlotStatus slot={slot} />
    </Link>
  );
}

function Next({ schedule }: { readonly schedule: ListedSchedule }): ReactNode {
  const { paused, stalled, next_fire_at: next, spec } = schedule;
  if (paused !== null) return "Paused";
  return (
    <>
      {next !== null ? shownTime(next) : hasInstants(spec.kind) ? "Over" : "With the next event"}
      {stalled !== null && <span className="where">Cannot be fired: {stalled.message}</span>}
    </>
  );
}
