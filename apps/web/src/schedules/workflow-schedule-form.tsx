import type { Schedule, WorkflowDetail } from "@notemill/api";
import { useMutation } from "@tanstack/react-query";
import { type ReactNode, type SubmitEvent, useMemo, useState } from "react";
import { FieldInput } from "../parameters/field-input.tsx";
import { jsonOf, readForm } from "../parameters/form-reading.ts";
import { FIRST_START, givenTexts, withUntouched } from "../parameters/form-start.ts";
import { goTo } from "../routing/location.ts";
import { scheduleHref } from "../routing/route.ts";
import { server } from "../server/server.ts";
import { Problem } from "../shell/problem.tsx";
import { say } from "../shell/toasts.ts";
import "../styles/forms.css";
import { workflowFields } from "../workflows/workflow-fields.ts";
import { changedParts } from "./changed-parts.ts";
import { PreviewedSlots } from "./next-slots.tsx";
import { planProblems } from "./plan-problems.ts";
import { useRefresh } from "./schedule-buttons.tsx";
import { RunsFields, ScheduleFields } from "./schedule-fields.tsx";
import { SlotField } from "./slot-field.tsx";
import { firstPlan, planOf, planRequest } from "./schedule-plan.ts";
import { usePreview } from "./use-preview.ts";

interface WorkflowScheduleFormProps {
  readonly workflow: WorkflowDetail;
  /** The one that is changed. Default: a new one is made. */
  readonly schedule?: Schedule;
  readonly onClose: () => void;
}

/** Puts a workflow on a schedule, or changes one that starts a workflow. */
export function WorkflowScheduleForm({ workflow, schedule, onClose }: WorkflowScheduleFormProps): ReactNode {
  const { name: workflowName, version } = workflow;
  const refresh = useRefresh();
  const fields = useMemo(() => workflowFields(version.definition.text), [version]);
  const first = useMemo(
    () => (schedule === undefined ? FIRST_START : givenTexts(fields, schedule.parameters, null)),
    [schedule, fields],
  );
  const [texts, setTexts] = useState(first.texts);
  const [plan, setPlan] = useState(() =>
    schedule === undefined ? firstPlan(workflowName) : planOf(schedule),
  );
  const { values, expressions, problems } = readForm(fields, texts, { count: "run", when: "schedule" });
  const isTouched = (name: string): boolean =>
    fields.some((field) => field.name === name) && texts[name] !== first.texts[name];
  const parameters = jsonOf(withUntouched(first.values, [...values, ...expressions], isTouched));
  const asked = planRequest(plan);
  const previewed = usePreview(asked?.spec, parameters);
  const save = useMutation({
    mutationFn: async (): Promise<string> => {
      if (asked === undefined) throw new Error("the form says nothing of when it runs");
      if (schedule === undefined)
        return (await server.createSchedule({ workflow: workflowName, ...asked, parameters })).id;
      const changes = changedParts(schedule, { ...asked, parameters });
      if (Object.keys(changes).length > 0) await server.updateSchedule(schedule.id, changes);
      return schedule.id;
    },
    onSuccess: async (id) => {
      await refresh();
      say(schedule === undefined ? `${plan.name} is on a schedule` : `${plan.name} is changed`);
      onClose();
      if (schedule === undefined) goTo(scheduleHref(id));
    },
  });
  const refused = planProblems(previewed.error ?? save.error);
  const submit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = event.currentTarget;
    if (problems.size > 0 || planProblems(previewed.error).size > 0)
      form.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
    else if (form.reportValidity()) save.mutate();
  };
  return (
    <form className="run-form start-form" onSubmit={submit} noValidate>
      <h2>{schedule === undefined ? `Schedule ${workflowName}` : `Edit ${schedule.name}`}</h2>
      <ScheduleFields plan={plan} problems={refused} onChange={setPlan} />
      <PreviewedSlots previewed={previewed} parameters={parameters} />
      {fields.length > 0 && <h3>What its runs get</h3>}
      {fields.map((field) => {
        const text = texts[field.name] ?? field.initial;
        const change = (next: string): void => setTexts((before) => ({ ...before, [field.name]: next }));
        return (
          <FieldInput
            key={field.name}
            field={expressions.has(field.name) && field.kind !== "json" ? { ...field, kind: "text" } : field}
            text={text}
            problem={problems.get(field.name) ?? refused.get(`parameter ${field.name}`)}
            onChange={change}
          >
            <SlotField field={field} spec={plan.spec} text={text} onChange={change} />
          </FieldInput>
        );
      })}
      <RunsFields plan={plan} onChange={setPlan} isWorkflow />
      <div className="form-end">
        {save.isError && refused.size === 0 && <Problem error={save.error} />}
        <button type="submit" className="primary" disabled={save.isPending}>
          {schedule === undefined ? "Schedule" : "Save"}
        </button>
        <button type="button" onClick={onClose}>
          Not now
        </button>
      </div>
    </form>
  );
}
