import type { ReactNode } from "react";
import { SelectField } from "../shell/select-field.tsx";
import { TextField } from "../shell/text-field.tsx";
import type { PlanProblems } from "./plan-problems.ts";
import { PolicyFields } from "./policy-fields.tsx";
import type { SchedulePlan } from "./schedule-plan.ts";
import { WhenFields } from "./when-fields.tsx";

const FOLLOWS = {
  workspace: "the notebook as it is then",
  promoted: "the notebook as it is now, until you promote another",
} as const;

interface ScheduleFieldsProps {
  readonly plan: SchedulePlan;
  /** What the server says of them. */
  readonly problems: PlanProblems;
  readonly onChange: (plan: SchedulePlan) => void;
  /** Whether it starts a workflow, of which the active version counts. Default: no. */
  readonly isWorkflow?: boolean;
}

/** The fields of a form that are about a schedule: its name, when it runs, and what. */
export function ScheduleFields({
  plan,
  problems,
  onChange,
  isWorkflow = false,
}: ScheduleFieldsProps): ReactNode {
  const change = (part: Partial<SchedulePlan>): void => onChange({ ...plan, ...part });
  return (
    <>
      <TextField
        label="Name of the schedule"
        value={plan.name}
        problem={problems.get("name")}
        onChange={(name) => change({ name })}
      />
      <WhenFields spec={plan.spec} problems={problems} onChange={(spec) => change({ spec })} />
      {!isWorkflow && (
        <SelectField
          label="Each slot runs"
          choices={FOLLOWS}
          value={plan.follows}
          onChange={(follows) => change({ follows })}
        />
      )}
      <PolicyFields plan={plan} onChange={change} />
    </>
  );
}
