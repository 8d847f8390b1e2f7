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
}

/** What a schedule is called, and when it has its slots. */
export function ScheduleFields({ plan, problems, onChange }: ScheduleFieldsProps): ReactNode {
  return (
    <>
      <TextField
        label="Name of the schedule"
        value={plan.name}
        problem={problems.get("name")}
        onChange={(name) => onChange({ ...plan, name })}
      />
      <WhenFields spec={plan.spec} problems={problems} onChange={(spec) => onChange({ ...plan, spec })} />
    </>
  );
}

interface RunsFieldsProps {
  readonly plan: SchedulePlan;
  readonly onChange: (plan: SchedulePlan) => void;
  /** Whether it starts a workflow, of which the active version counts. Default: no. */
  readonly isWorkflow?: boolean;
}

/** What of the notebook the slots of a schedule run, and what becomes of slots that are late or meet another. */
export function RunsFields({ plan, onChange, isWorkflow = false }: RunsFieldsProps): ReactNode {
  const change = (part: Partial<SchedulePlan>): void => onChange({ ...plan, ...part });
  return (
    <>
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
