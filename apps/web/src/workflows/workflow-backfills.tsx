import type { Schedule, WorkflowDetail } from "@notemill/api";
import { useMutation, useQuery } from "@tanstack/react-query";
import { type ReactNode, type SubmitEvent, useId, useState } from "react";
import { Link } from "../routing/link.tsx";
import { server } from "../server/server.ts";
import { Problem } from "../shell/problem.tsx";
import { shownTime } from "../shell/shown-time.ts";
import "../styles/forms.css";

/** Starts a workflow for a range of the slots of its schedules; what that would be is shown before. */
export function WorkflowBackfills({ workflow: { id } }: { readonly workflow: WorkflowDetail }): ReactNode {
  const { data, error } = useQuery({
    queryKey: ["schedules"],
    queryFn: ({ signal }) => server.listSchedules({ limit: 200 }, { signal }),
  });
  if (error !== null) return <Problem error={error} />;
  const schedules = data?.schedules.filter(({ workflow }) => workflow?.id === id) ?? [];
  if (data === undefined) return null;
  if (schedules.length === 0) {
    return (
      <p className="empty">
        A backfill starts the workflow for slots of the past, and slots are those of a schedule.{" "}
        <Link href="/schedules">No schedule</Link> starts this workflow.
      </p>
    );
  }
  return <BackfillForm schedules={schedules} />;
}

/** The most slots that are named before they are run. */
const SHOWN = 20;

function BackfillForm({ schedules }: { readonly schedules: readonly Schedule[] }): ReactNode {
  const id = useId();
  const [scheduleId, setSchedule] = useState(schedules[0]?.id ?? "");
  const [from, setFrom] = useState("");
  const [until, setUntil] = useState("");
  const range = { from, until, only_missing: true };
  const plan = useMutation({ mutationFn: () => server.previewBackfill(scheduleId, range) });
  const fill = useMutation({ mutationFn: () => server.createBackfill(scheduleId, range) });
  const change = (set: (text: string) => void) => (text: string) => {
    set(text);
    plan.reset();
    fill.reset();
  };
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    plan.mutate();
  };
  const slots = plan.data?.slots ?? [];
  return (
    <>
      <form className="run-form start-form" onSubmit={submit}>
        <div className="field">
          <label htmlFor={`${id}-schedule`}>Schedule</label>
          <select
            id={`${id}-schedule`}
            value={scheduleId}
            onChange={(event) => change(setSchedule)(event.target.value)}
          >
            {schedules.map((schedule) => (
              <option key={schedule.id} value={schedule.id}>
                {schedule.name}, {schedule.in_words}
              </option>
            ))}
          </select>
        </div>
        {(
          [
            ["From", from, setFrom],
            ["Until, not included", until, setUntil],
          ] as const
        ).map(([label, value, set]) => (
          <div className="field" key={label}>
            <label htmlFor={`${id}-${label}`}>{label}</label>
            <input
              id={`${id}-${label}`}
              type="date"
              required
              value={value}
              onChange={(event) => change(set)(event.target.value)}
            />
          </div>
        ))}
        {plan.isError && <Problem error={plan.error} />}
        <div className="form-end">
          <button type="submit" disabled={plan.isPending}>
            Preview
          </button>
        </div>
      </form>
      <section aria-label="What the backfill does" aria-live="polite">
        {plan.data !== undefined && (
          <>
            <p>
              {slots.length === 0 ? "No slot" : slots.length === 1 ? "One slot" : `${slots.length} slots`}
              {plan.data.left_out === 1 && "; 1 has succeeded already and is left out"}
              {plan.data.left_out > 1 && `; ${plan.data.left_out} have succeeded already and are left out`}
            </p>
            <ol className="slots">
              {slots.slice(0, SHOWN).map(({ slot, local, parameters }) => (
                <li key={slot}>
                  {local.replace("T", " ")} <span className="quiet">{parameters.text}</span>
                </li>
              ))}
            </ol>
            {slots.length > SHOWN && <p className="quiet">and {slots.length - SHOWN} more</p>}
            {slots.length > 0 && fill.data === undefined && (
              <button
                type="button"
                className="primary"
                disabled={fill.isPending}
                onClick={() => fill.mutate()}
              >
                Start {slots.length === 1 ? "it" : `these ${slots.length}`}
              </button>
            )}
          </>
        )}
        {fill.isError && <Problem error={fill.error} />}
        {fill.data !== undefined && (
          <p>The backfill from {shownTime(fill.data.from)} goes on; its runs are in the list of runs.</p>
        )}
      </section>
    </>
  );
}
