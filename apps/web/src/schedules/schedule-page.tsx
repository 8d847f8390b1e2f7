import type { ScheduleDetail } from "@notemill/api";
import { useQuery } from "@tanstack/react-query";
import { lazy, type ReactNode, Suspense, useState } from "react";
import { Link } from "../routing/link.tsx";
import { useQueryString } from "../routing/location.ts";
import { scheduleHref } from "../routing/route.ts";
import { server } from "../server/server.ts";
import { troubleOf, UNTIL_ANSWERED } from "../server/trouble.ts";
import { AwayNote } from "../shell/away-note.tsx";
import { Problem } from "../shell/problem.tsx";
import { useTitle } from "../shell/use-title.ts";
import "../styles/forms.css";
import "../styles/run.css";
import "../styles/schedule.css";
import { Alerts } from "./alerts.tsx";
import { Backfills } from "./backfills.tsx";
import { SlotsToCome } from "./next-slots.tsx";
import { Promotion } from "./promotion.tsx";
import { ScheduleFacts } from "./schedule-facts.tsx";
import { ScheduleHead } from "./schedule-head.tsx";
import { SlotHistory } from "./slot-history.tsx";
import { hasInstants } from "./spec-draft.ts";
import { WebhookSecret } from "./webhook-secret.tsx";

// What reads notebooks and their parameters is for those who change it.
const EditSchedule = lazy(async () => ({ default: (await import("./edit-schedule.tsx")).EditSchedule }));

/** How often the schedule is read again, in milliseconds. */
const AGAIN_MS = 5000;

const VIEWS = {
  slots: "Slots",
  settings: "Settings",
  alerts: "Alerts",
  promotion: "Promotion",
  backfill: "Backfill",
} as const;

type View = keyof typeof VIEWS;

/** Shows a schedule: what became of its slots, what is to come, and what can be done about it. */
export function SchedulePage({ id }: { readonly id: string }): ReactNode {
  const asked = useQuery({
    queryKey: ["schedule", id],
    queryFn: ({ signal }) => server.getSchedule(id, { signal }),
    ...UNTIL_ANSWERED,
    refetchInterval: AGAIN_MS,
  });
  const { data: schedule } = asked;
  const { problem, isAway } = troubleOf(asked);
  useTitle(schedule?.name ?? "Schedule");
  if (problem !== null) {
    return (
      <div className="page">
        <Problem error={problem} />
        <p>
          <Link href="/schedules">All schedules</Link>
        </p>
      </div>
    );
  }
  if (schedule === undefined) return null;
  return (
    <div className="page schedule-page">
      {isAway && <AwayNote />}
      <Loaded schedule={schedule} />
    </div>
  );
}

function Loaded({ schedule }: { readonly schedule: ScheduleDetail }): ReactNode {
  const { id, spec, deleted_at: deletedAt, follows } = schedule;
  const [isEditing, setEditing] = useState(false);
  const query = useQueryString();
  const views = (Object.keys(VIEWS) as View[]).filter((view) => {
    if (view === "promotion") return follows === "promoted" && deletedAt === null;
    if (view === "backfill") return hasInstants(spec.kind) && deletedAt === null;
    return true;
  });
  const view = views.find((it) => it === query.get("show")) ?? "slots";
  return (
    <>
      <ScheduleHead schedule={schedule} isEditing={isEditing} onEdit={() => setEditing(!isEditing)} />
      {isEditing && (
        <Suspense fallback={<p className="quiet">Loading …</p>}>
          <EditSchedule schedule={schedule} onClose={() => setEditing(false)} />
        </Suspense>
      )}
      {spec.kind === "webhook" && deletedAt === null && <WebhookSecret id={id} />}
      <div className="schedule-body">
        <div>
          <nav className="views" aria-label="Parts of this schedule">
            {views.map((it) => (
              <Link
                key={it}
                href={it === "slots" ? scheduleHref(id) : `${scheduleHref(id)}?show=${it}`}
                aria-current={it === view ? "true" : undefined}
              >
                {VIEWS[it]}
              </Link>
            ))}
          </nav>
          {view === "slots" && <SlotHistory schedule={schedule} />}
          {view === "settings" && <ScheduleFacts schedule={schedule} />}
          {view === "alerts" && <Alerts id={id} isOver={deletedAt !== null} />}
          {view === "promotion" && <Promotion schedule={schedule} />}
          {view === "backfill" && <Backfills schedules={[schedule]} />}
        </div>
        {/* The form shows those that it would have. */}
        {!isEditing && <NextSlots schedule={schedule} />}
      </div>
    </>
  );
}

function NextSlots({ schedule }: { readonly schedule: ScheduleDetail }): ReactNode {
  const { next_slots: slots, parameters, clock_change: change } = schedule;
  return (
    <section aria-labelledby="next-slots">
      <h2 id="next-slots">Next slots</h2>
      {slots.length === 0 ? (
        <p className="quiet">{whyNone(schedule)}</p>
      ) : (
        <SlotsToCome slots={slots} parameters={parameters} change={change} />
      )}
    </section>
  );
}

function whyNone({ deleted_at: deletedAt, paused, spec }: ScheduleDetail): string {
  if (deletedAt !== null) return "None: it is deleted.";
  if (paused !== null) return "None while it is paused.";
  return hasInstants(spec.kind) ? "None: its last slot is over." : "Nobody knows: each event is a slot.";
}
