import type { BackfillPlan, Schedule } from "@notemill/api";
import { useMutation } from "@tanstack/react-query";
import { type ReactNode, type SubmitEvent, useState } from "react";
import { server } from "../server/server.ts";
import { Problem } from "../shell/problem.tsx";
import { SelectField } from "../shell/select-field.tsx";
import { TextField } from "../shell/text-field.tsx";
import { say } from "../shell/toasts.ts";
import "../styles/forms.css";

/** The most slots that are named before they are run. */
const SHOWN = 20;

interface BackfillFormProps {
  readonly schedules: readonly Schedule[];
  /** The id of the schedule whose slots are run. */
  readonly chosen: string;
  readonly onChoose: (id: string) => void;
  readonly onMade: () => void;
}

/** Runs slots of a range of days; what that would be is shown before. */
export function BackfillForm({ schedules, chosen, onChoose, onMade }: BackfillFormProps): ReactNode {
  const [from, setFrom] = useState("");
  const [until, setUntil] = useState("");
  const [concurrency, setConcurrency] = useState("1");
  const [isMissing, setMissing] = useState(true);
  const range = { from, until, only_missing: isMissing, concurrency: Number(concurrency) };
  const plan = useMutation({ mutationFn: () => server.previewBackfill(chosen, range) });
  const fill = useMutation({
    mutationFn: () => server.createBackfill(chosen, range),
    onSuccess: () => {
      say("The backfill has begun");
      plan.reset();
      onMade();
    },
  });
  const change =
    <Value,>(set: (value: Value) => void) =>
    (value: Value): void => {
      set(value);
      plan.reset();
      fill.reset();
    };
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    plan.mutate();
  };
  return (
    <>
      <form className="run-form start-form" aria-label="Backfill" onSubmit={submit}>
        {schedules.length > 1 && (
          <SelectField
            label="Schedule"
            choices={Object.fromEntries(schedules.map((it) => [it.id, `${it.name}, ${it.in_words}`]))}
            value={chosen}
            onChange={onChoose}
          />
        )}
        <div className="field-pair">
          <TextField label="From" type="date" value={from} onChange={change(setFrom)} />
          <TextField label="Until, not included" type="date" value={until} onChange={change(setUntil)} />
        </div>
        <TextField
          label="At a time"
          type="number"
          min={1}
          max={100}
          step={1}
          value={concurrency}
          onChange={change(setConcurrency)}
        />
        <label className="check">
          <input type="checkbox" checked={isMissing} onChange={() => change(setMissing)(!isMissing)} />
          leave out slots that have succeeded
        </label>
        <div className="form-end">
          {plan.isError && <Problem error={plan.error} />}
          <button type="submit" disabled={plan.isPending}>
            Preview
          </button>
        </div>
      </form>
      <section aria-label="What the backfill does" aria-live="polite">
        {plan.data !== undefined && (
          <PlannedSlots plan={plan.data} isPending={fill.isPending} onStart={() => fill.mutate()} />
        )}
        {fill.isError && <Problem error={fill.error} />}
      </section>
    </>
  );
}

interface PlannedSlotsProps {
  readonly plan: BackfillPlan;
  readonly isPending: boolean;
  readonly onStart: () => void;
}

function PlannedSlots({ plan, isPending, onStart }: PlannedSlotsProps): ReactNode {
  const { slots, left_out: leftOut, is_sweep: isSweep, runs, warnings } = plan;
  return (
    <>
      <p>
        {slots.length === 0 ? "No slot" : slots.length === 1 ? "One slot" : `${slots.length} slots`}
        {isSweep && slots.length > 0 && `, ${runs} runs`}
        {leftOut === 1 && "; 1 has succeeded already and is left out"}
        {leftOut > 1 && `; ${leftOut} have succeeded already and are left out`}
      </p>
      {warnings.map(({ message }) => (
        <p className="field-problem" key={message}>
          {message}
        </p>
      ))}
      <ol className="slots">
        {slots.slice(0, SHOWN).map(({ slot, local, parameters }) => (
          <li key={slot}>
            {local.replace("T", " ")} <span className="quiet">{parameters.text}</span>
          </li>
        ))}
      </ol>
      {slots.length > SHOWN && <p className="quiet">and {slots.length - SHOWN} more</p>}
      {slots.length > 0 && (
        <div className="actions">
          <button type="button" className="primary" disabled={isPending} onClick={onStart}>
            Start {slots.length === 1 ? "it" : `these ${slots.length}`}
          </button>
        </div>
      )}
    </>
  );
}
