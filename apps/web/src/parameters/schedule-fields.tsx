import { type ReactNode, useId } from "react";
import { CodeField, CronFields, type CronText, firstCron } from "../schedules/cron-fields.tsx";

/** What a form asks for beside the parameters where it makes a schedule. */
export interface SchedulePlan {
  readonly name: string;
  readonly cron: CronText;
  readonly follows: "workspace" | "promoted";
  /** Mail addresses with commas, for those who are told when a run fails. May be empty. */
  readonly mailTo: string;
}

/** What is in the fields at first. */
export function firstPlan(name: string): SchedulePlan {
  return { name, cron: firstCron(), follows: "workspace", mailTo: "" };
}

interface ScheduleFieldsProps {
  readonly plan: SchedulePlan;
  readonly onChange: (plan: SchedulePlan) => void;
}

/** The fields of a form that are about a schedule. */
export function ScheduleFields({ plan, onChange }: ScheduleFieldsProps): ReactNode {
  const id = useId();
  const { name, cron, follows, mailTo } = plan;
  return (
    <>
      <CodeField
        label="Name of the schedule"
        value={name}
        hint=""
        onChange={(next) => onChange({ ...plan, name: next })}
      />
      <CronFields value={cron} onChange={(next) => onChange({ ...plan, cron: next })} />
      <div className="field">
        <label htmlFor={`${id}-follows`}>Each slot runs</label>
        <select
          id={`${id}-follows`}
          value={follows}
          onChange={(event) =>
            onChange({ ...plan, follows: event.target.value === "promoted" ? "promoted" : "workspace" })
          }
        >
          <option value="workspace">the notebook as it is then</option>
          <option value="promoted">the notebook as it is now, until you promote another</option>
        </select>
      </div>
      <div className="field">
        <label htmlFor={`${id}-mail`}>If a run fails, mail to</label>
        <input
          id={`${id}-mail`}
          type="email"
          multiple
          value={mailTo}
          placeholder="nobody"
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => onChange({ ...plan, mailTo: event.target.value })}
        />
      </div>
    </>
  );
}
