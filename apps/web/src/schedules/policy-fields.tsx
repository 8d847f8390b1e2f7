import type { ReactNode } from "react";
import { SelectField } from "../shell/select-field.tsx";
import { TextField } from "../shell/text-field.tsx";
import type { SchedulePlan } from "./schedule-plan.ts";
import { hasInstants } from "./spec-draft.ts";

const CONCURRENCY = {
  sequential: "it waits for its turn",
  first_only: "it is skipped",
  last_only: "the run under way is ended, then it starts",
  parallel: "it starts too",
} as const;

const CATCH_UP = {
  latest: "the newest is made good",
  all: "all are made good",
  none: "they are left out",
} as const;

interface PolicyFieldsProps {
  readonly plan: SchedulePlan;
  readonly onChange: (change: Partial<SchedulePlan>) => void;
}

/** The fields of what becomes of slots that come too soon, too late or all together; folded until somebody asks. */
export function PolicyFields({ plan, onChange }: PolicyFieldsProps): ReactNode {
  return (
    <details className="field policies">
      <summary>Slots that overlap or are missed</summary>
      <SelectField
        label="If a slot comes while a run is under way"
        choices={CONCURRENCY}
        value={plan.concurrency}
        onChange={(concurrency) => onChange({ concurrency })}
      />
      {plan.concurrency === "parallel" && (
        <TextField
          label="The most runs at a time"
          type="number"
          min={0}
          max={10_000}
          step={1}
          value={plan.parallelLimit}
          onChange={(parallelLimit) => onChange({ parallelLimit })}
        />
      )}
      {hasInstants(plan.spec.kind) && (
        <>
          <SelectField
            label="Slots that were missed while no server ran"
            choices={CATCH_UP}
            value={plan.catchUp}
            onChange={(catchUp) => onChange({ catchUp })}
          />
          {plan.catchUp === "all" && (
            <TextField
              label="The most that are made good"
              type="number"
              min={1}
              max={1000}
              step={1}
              value={plan.catchUpCap}
              onChange={(catchUpCap) => onChange({ catchUpCap })}
            />
          )}
          <TextField
            label="A slot is missed when it is late by, in seconds"
            type="number"
            min={0}
            max={86_400}
            step="any"
            value={plan.graceSeconds}
            onChange={(graceSeconds) => onChange({ graceSeconds })}
          />
          <TextField
            label="Spread slots by up to, in seconds"
            type="number"
            min={0}
            max={86_400}
            step="any"
            value={plan.jitterSeconds}
            help="So that schedules that share a time do not start together."
            onChange={(jitterSeconds) => onChange({ jitterSeconds })}
          />
        </>
      )}
    </details>
  );
}
