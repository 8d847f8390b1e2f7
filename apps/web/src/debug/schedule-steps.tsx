import type { RunDetail } from "@notemill/api";
import { ServerProblem } from "@notemill/client";
import { useMutation } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { goTo } from "../routing/location.ts";
import { runHref } from "../routing/route.ts";
import { BackfillProgress } from "../schedules/backfill-progress.tsx";
import { SourceChanges } from "../schedules/source-changes.tsx";
import { server } from "../server/server.ts";
import { Problem } from "../shell/problem.tsx";
import { shownTime } from "../shell/shown-time.ts";

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
          <SourceChanges id={id} />
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

/** Runs the slots again, from the one that has failed until now, that have not succeeded. */
function BackfillStep({ schedule: { id, slot } }: { readonly schedule: ScheduleOfRun }): ReactNode {
  const [until] = useState(() => new Date().toISOString());
  const range = { from: slot, until, only_missing: true };
  const plan = useMutation({ mutationFn: () => server.previewBackfill(id, range) });
  const fill = useMutation({ mutationFn: () => server.createBackfill(id, range) });
  if (fill.data !== undefined) return <BackfillProgress backfill={fill.data} />;
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
