import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, type SubmitEvent, useState } from "react";
import { server } from "../server/server.ts";
import { Problem } from "../shell/problem.tsx";
import { say } from "../shell/toasts.ts";
import "../styles/forms.css";
import { CodeField, CronFields, cronSpec, firstCron, NextSlots } from "./cron-fields.tsx";

interface ScheduleFormProps {
  /** What is in the field of the notebook at first. */
  readonly path: string;
  readonly onMade: () => void;
}

/** Makes a schedule by a cron expression; the next ten slots are shown while it is written. */
export function ScheduleForm({ path: first, onMade }: ScheduleFormProps): ReactNode {
  const queries = useQueryClient();
  const [path, setPath] = useState(first);
  const [cron, setCron] = useState(firstCron);
  const make = useMutation({
    mutationFn: () => server.createSchedule({ path, spec: cronSpec(cron) }),
    onSuccess: async ({ name, in_words: words }) => {
      await queries.invalidateQueries({ queryKey: ["schedules"] });
      say(`${name} runs ${words}`);
      onMade();
    },
  });
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    make.mutate();
  };
  return (
    <form className="schedule-form" onSubmit={submit}>
      <div className="run-form">
        <CodeField label="Notebook" value={path} hint="/shared/examples/report.ipynb" onChange={setPath} />
        <CronFields value={cron} onChange={setCron} />
        {make.isError && <Problem error={make.error} />}
        <div className="form-end">
          <button type="submit" className="primary" disabled={make.isPending}>
            Schedule
          </button>
        </div>
      </div>
      <NextSlots value={cron} />
    </form>
  );
}
