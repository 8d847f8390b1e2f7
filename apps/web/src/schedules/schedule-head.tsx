import type { ScheduleDetail } from "@notemill/api";
import { type ReactNode, useState } from "react";
import { Link } from "../routing/link.tsx";
import { viewHref, workflowHref } from "../routing/route.ts";
import { runsHref } from "../runs/run-filter.ts";
import { Ago } from "../shell/ago.tsx";
import { ErrorCode } from "../shell/error-code.tsx";
import { shownTime } from "../shell/shown-time.ts";
import { Trail } from "../shell/trail.tsx";
import { useMayChange, useMayRun } from "../shell/use-session.ts";
import { DeleteSchedule } from "./delete-schedule.tsx";
import { PauseButton, RunNowButton } from "./schedule-buttons.tsx";

interface ScheduleHeadProps {
  readonly schedule: ScheduleDetail;
  readonly isEditing: boolean;
  readonly onEdit: () => void;
}

/** The top of the page of a schedule: what it is, how it is, and what can be done with it. */
export function ScheduleHead({ schedule, isEditing, onEdit }: ScheduleHeadProps): ReactNode {
  const { name, path, workflow, deleted_at: deletedAt } = schedule;
  const mayChange = useMayChange() && deletedAt === null;
  const mayRun = useMayRun() && deletedAt === null;
  const [isDeleting, setDeleting] = useState(false);
  return (
    <header className="page-head">
      <Trail above={[{ text: "Schedules", href: "/schedules" }]} here={name} />
      <h1>{name}</h1>
      <p className="facts">
        {path !== null && <Link href={viewHref(path)}>{path}</Link>}
        {workflow !== null && <Link href={workflowHref(workflow.id)}>Workflow {workflow.name}</Link>}
        <span>{schedule.in_words}</span>
      </p>
      <State schedule={schedule} />
      <div className="actions">
        {mayRun && <RunNowButton schedule={schedule} isPrimary />}
        {mayChange && (
          <>
            <PauseButton schedule={schedule} />
            <button type="button" aria-expanded={isEditing} onClick={onEdit}>
              Edit …
            </button>
          </>
        )}
        {path !== null && (
          <Link className="button" href={runsHref({ path })}>
            Runs of its notebook
          </Link>
        )}
        {mayChange && (
          <button type="button" onClick={() => setDeleting(true)}>
            Delete …
          </button>
        )}
      </div>
      {isDeleting && <DeleteSchedule schedule={schedule} onClose={() => setDeleting(false)} />}
    </header>
  );
}

/** Whether it fires, and if not, who has stopped it and why. */
function State({ schedule }: { readonly schedule: ScheduleDetail }): ReactNode {
  const { paused, stalled, deleted_at: deletedAt, next_fire_at: next } = schedule;
  if (deletedAt !== null) {
    return (
      <p className="facts">
        <span className="status" data-status="cancelled">
          Deleted <Ago time={deletedAt} />
        </span>
      </p>
    );
  }
  if (paused !== null) {
    return (
      <p className="facts">
        <span className="status" data-status="cancelled">
          Paused by {paused.by} <Ago time={paused.at} />
        </span>
        {paused.reason !== null && <span>{paused.reason}</span>}
      </p>
    );
  }
  if (stalled !== null) {
    return (
      <div className="problem" role="alert">
        <p>
          It cannot be fired since {shownTime(stalled.since)}: {stalled.message}
        </p>
        <ErrorCode code={stalled.code} />
        {next !== null && <p>It is tried again at {shownTime(next)}.</p>}
      </div>
    );
  }
  return null;
}
