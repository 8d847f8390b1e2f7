import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useId } from "react";
import { server } from "../server/server.ts";
import { SelectField } from "../shell/select-field.tsx";
import { TextField } from "../shell/text-field.tsx";
import { CronFields } from "./cron-fields.tsx";
import type { PlanProblems } from "./plan-problems.ts";
import { INTERVAL_UNITS, type IntervalUnit, type Outcome, type SpecDraft } from "./spec-draft.ts";

const KINDS = {
  cron: "by the clock",
  interval: "every so often",
  once: "once",
  after: "after other runs",
  file: "when a file appears or changes",
  webhook: "when its webhook is called",
} as const;

const UNITS: Readonly<Record<IntervalUnit, string>> = {
  days: "days",
  hours: "hours",
  minutes: "minutes",
  seconds: "seconds",
};

/** How runs end, and what that is called. */
const OUTCOMES: readonly (readonly [Outcome, string])[] = [
  ["succeeded", "succeeded"],
  ["failed", "failed"],
  ["timed_out", "timed out"],
  ["cancelled", "been cancelled"],
  ["lost", "been lost"],
];

interface WhenFieldsProps {
  readonly spec: SpecDraft;
  readonly problems: PlanProblems;
  readonly onChange: (spec: SpecDraft) => void;
}

/** The fields that say when a schedule has its slots. */
export function WhenFields({ spec, problems, onChange }: WhenFieldsProps): ReactNode {
  const change = (part: Partial<SpecDraft>): void => onChange({ ...spec, ...part });
  return (
    <>
      <SelectField
        label="Runs"
        choices={KINDS}
        value={spec.kind}
        onChange={(kind) => change({ kind })}
        {...(spec.kind === "webhook"
          ? { help: "The page of the schedule makes its secret, without which it lets nobody in." }
          : {})}
      />
      {spec.kind === "cron" && (
        <CronFields cron={spec.cron} zone={spec.zone} problems={problems} onChange={change} />
      )}
      {spec.kind === "interval" && (
        <div className="field-pair">
          <TextField
            label="Every"
            type="number"
            min={spec.unit === "seconds" ? 1 : 0}
            step="any"
            value={spec.every}
            onChange={(every) => change({ every })}
          />
          <SelectField
            label="Unit"
            choices={UNITS}
            value={spec.unit}
            onChange={(unit) => change({ unit, ...unitChange(spec, unit) })}
          />
        </div>
      )}
      {spec.kind === "once" && (
        <TextField
          label="At"
          type="datetime-local"
          value={spec.at}
          help={`On the clock of this browser (${Intl.DateTimeFormat().resolvedOptions().timeZone})`}
          onChange={(at) => change({ at })}
        />
      )}
      {spec.kind === "after" && <AfterFields spec={spec} onChange={change} />}
      {spec.kind === "file" && (
        <TextField
          label="Files"
          isCode
          value={spec.pattern}
          hint="/shared/in/*.csv"
          help="The path of a file; * stands for any part of a name."
          onChange={(pattern) => change({ pattern })}
        />
      )}
    </>
  );
}

/** A number keeps what it means where it can be told in whole units. */
function unitChange({ every, unit: before }: SpecDraft, unit: IntervalUnit): Partial<SpecDraft> {
  const seconds = Number(every) * INTERVAL_UNITS[before];
  return seconds > 0 && seconds % INTERVAL_UNITS[unit] === 0
    ? { every: String(seconds / INTERVAL_UNITS[unit]) }
    : {};
}

function AfterFields({
  spec: { after, outcomes },
  onChange,
}: {
  readonly spec: SpecDraft;
  readonly onChange: (change: Partial<SpecDraft>) => void;
}): ReactNode {
  const id = useId();
  const { data } = useQuery({
    queryKey: ["schedules", "all"],
    queryFn: ({ signal }) => server.listSchedules({ limit: 200 }, { signal }),
  });
  const schedules = data?.schedules ?? [];
  const isNotebook = !schedules.some((it) => it.id === after);
  return (
    <>
      <div className="field">
        <label htmlFor={`${id}-after`}>After the runs of</label>
        <select
          id={`${id}-after`}
          value={isNotebook ? "" : after}
          onChange={(event) => onChange({ after: event.target.value })}
        >
          <option value="">a notebook, wherever they come from</option>
          {schedules.map((schedule) => (
            <option key={schedule.id} value={schedule.id}>
              {schedule.name}
            </option>
          ))}
        </select>
      </div>
      {isNotebook && (
        <TextField
          label="That notebook"
          isCode
          value={after}
          hint="/shared/examples/load.ipynb"
          onChange={(path) => onChange({ after: path })}
        />
      )}
      <fieldset className="field checks">
        <legend>When they have</legend>
        {OUTCOMES.map(([outcome, word]) => (
          <label key={outcome}>
            <input
              type="checkbox"
              checked={outcomes.includes(outcome)}
              onChange={() => onChange({ outcomes: toggled(outcomes, outcome) })}
            />
            {word}
          </label>
        ))}
      </fieldset>
    </>
  );
}

/** The outcomes with another one, or without it; the last one stays. */
function toggled(outcomes: readonly Outcome[], outcome: Outcome): readonly Outcome[] {
  const others = outcomes.filter((it) => it !== outcome);
  if (others.length === outcomes.length) return [...outcomes, outcome];
  return others.length === 0 ? outcomes : others;
}
