import type { RunDetail } from "@notemill/api";
import { ServerProblem } from "@notemill/client";
import { useMutation, useQuery } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { goTo } from "../routing/location.ts";
import { runHref } from "../routing/route.ts";
import { server } from "../server/server.ts";
import { Problem } from "../shell/problem.tsx";
import { shownTime } from "../shell/shown-time.ts";
import "../styles/diff.css";

type ScheduleOfRun = NonNullable<RunDetail["schedule"]>;

/** The most slots that are named before they are run. */
const SHOWN = 10;

/** What is left to do once a notebook is mended that a schedule runs: promote it, and run what has failed. */
export function ScheduleSteps({ schedule }: { readonly schedule: ScheduleOfRun }): ReactNode {
  const { id, name, follows } = schedule;
  const promote = useMutation({ mutationFn: () => server.promoteSchedule(id) });
  const needsPromotion = follows === "promoted" && !promote.isSuccess;
  return (
    <>
      {needsPromotion && (
        <>
          <p>
            The schedule <b>{name}</b> runs what was promoted, and not the notebook as it is.
          </p>
          <Changes id={id} />
          <div className="actions">
            <button
              type="button"
              className="primary"
              disabled={promote.isPending}
              onClick={() => promote.mutate()}
            >
              Promote
            </button>
          </div>
          {promote.isError && <Problem error={promote.error} />}
        </>
      )}
      {!needsPromotion && (
        <>
          <p>
            {promote.isSuccess ? "It is promoted. " : ""}The schedule <b>{name}</b> runs it from the next slot
            on.
          </p>
          <BackfillStep schedule={schedule} />
        </>
      )}
    </>
  );
}

/** What a promotion would change. */
function Changes({ id }: { readonly id: string }): ReactNode {
  const { data, error } = useQuery({
    queryKey: ["schedule-diff", id],
    queryFn: ({ signal }) => server.diffSchedule(id, { signal }),
  });
  if (error !== null) return <Problem error={error} />;
  return data?.cells.map(({ cell_id: cellId, lines }) => (
    <pre className="diff-lines" key={cellId}>
      {lines.map((line, index) => (
        <span key={index} data-mark={line.charAt(0)}>
          {`${line}\n`}
        </span>
      ))}
    </pre>
  ));
}

/** Runs the slots again, from the one that has failed until now, that have not succeeded. */
function BackfillStep({ schedule: { id, slot } }: { readonly schedule: ScheduleOfRun }): ReactNode {
  const [until] = useState(() => new Date().toISOString());
  const range = { from: slot, until, only_missing: true };
  const plan = useMutation({ mutationFn: () => server.previewBackfill(id, range) });
  const fill = useMutation({ mutationFn: () => server.createBackfill(id, range) });
  if (fill.data !== undefined) return <Progress id={fill.data.id} />;
  const slots = plan.data?.slots ?? [];
  // Every run would be the same: one is enough.
  const isWithoutSlots =
    plan.error instanceof ServerProblem && plan.error.code === "BACKFILL_WITHOUT_SLOT_PARAMETER";
  return (
    <>
      {plan.data === undefined ? (
        <div className="actions">
          <button type="button" disabled={plan.isPending} onClick={() => plan.mutate()}>
            Backfill what failed …
          </button>
        </div>
      ) : slots.length === 0 ? (
        <p>Every slot since {shownTime(slot)} has succeeded.</p>
      ) : (
        <>
          <p>
            {slots.length === 1 ? "One slot" : `${slots.length} slots`} since {shownTime(slot)} did not
            succeed:
          </p>
          <ul className="slots">
            {slots.slice(0, SHOWN).map(({ slot: each, local }) => (
              <li key={each}>{local.replace("T", " ")}</li>
            ))}
            {slots.length > SHOWN && <li>and {slots.length - SHOWN} more</li>}
          </ul>
          <div className="actions">
            <button type="button" className="primary" disabled={fill.isPending} onClick={() => fill.mutate()}>
              {slots.length === 1 ? "Run it" : `Run these ${slots.length}`}
            </button>
          </div>
        </>
      )}
      {isWithoutSlots ? <RunNow id={id} slot={slot} /> : plan.isError && <Problem error={plan.error} />}
      {fill.isError && <Problem error={fill.error} />}
    </>
  );
}

/** Runs a schedule once, for the slot that has failed. */
function RunNow({ id, slot }: Pick<ScheduleOfRun, "id" | "slot">): ReactNode {
  const start = useMutation({
    mutationFn: () => server.runSchedule(id, { slot }),
    onSuccess: (run) => goTo(runHref(run.id)),
  });
  return (
    <>
      <p>No parameter of it follows the slot, so that one run stands for all that have failed.</p>
      <div className="actions">
        <button type="button" disabled={start.isPending} onClick={() => start.mutate()}>
          Run it for {shownTime(slot)}
        </button>
      </div>
      {start.isError && <Problem error={start.error} />}
    </>
  );
}

/** How often a backfill is looked at, in milliseconds. */
const AGAIN_MS = 1000;

function Progress({ id }: { readonly id: string }): ReactNode {
  const { data, error } = useQuery({
    queryKey: ["backfill", id],
    queryFn: ({ signal }) => server.getBackfill(id, { signal }),
    refetchInterval: ({ state }) => (state.data?.finished_at == null ? AGAIN_MS : false),
  });
  if (error !== null) return <Problem error={error} />;
  if (data === undefined) return null;
  const { waiting, running, succeeded, failed, cancelled } = data.counts;
  const total = waiting + running + succeeded + failed + cancelled;
  const isDone = data.finished_at !== null;
  return (
    <p className="progress" aria-live="polite">
      <progress max={total} value={total - waiting - running} aria-label="Slots that are done" />
      {isDone
        ? `The backfill has ${data.state}: ${succeeded} of ${total} slots.`
        : `${succeeded} of ${total} slots have succeeded`}
      {failed > 0 && ` ${failed} failed.`}
    </p>
  );
}
