import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, type SubmitEvent, useDeferredValue, useId, useState } from "react";
import { server } from "../server/server.ts";
import { Problem } from "../shell/problem.tsx";
import { say } from "../shell/toasts.ts";
import "../styles/forms.css";

interface ScheduleFormProps {
  /** What is in the field of the notebook at first. */
  readonly path: string;
  readonly onMade: () => void;
}

/** Makes a schedule by a cron expression; the next ten slots are shown while it is written. */
export function ScheduleForm({ path: first, onMade }: ScheduleFormProps): ReactNode {
  const id = useId();
  const queries = useQueryClient();
  const [path, setPath] = useState(first);
  const [cron, setCron] = useState("0 6 * * *");
  const [zone, setZone] = useState(Intl.DateTimeFormat().resolvedOptions().timeZone);
  const spec = { kind: "cron", cron, time_zone: zone } as const;
  const asked = useDeferredValue(JSON.stringify(spec));
  const preview = useQuery({
    queryKey: ["preview", asked],
    queryFn: ({ signal }) => server.previewSchedule({ spec: JSON.parse(asked) as typeof spec }, { signal }),
    retry: false,
    staleTime: 60_000,
  });
  const make = useMutation({
    mutationFn: () => server.createSchedule({ path, spec }),
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
  const fields = [
    ["Notebook", path, setPath, "/shared/examples/report.ipynb"],
    ["Cron", cron, setCron, "minute hour day month weekday"],
    ["Time zone", zone, setZone, "Europe/London"],
  ] as const;
  return (
    <form className="schedule-form" onSubmit={submit}>
      <div className="run-form">
        {fields.map(([label, value, set, hint]) => (
          <div className="field" key={label}>
            <label htmlFor={`${id}-${label}`}>{label}</label>
            <input
              id={`${id}-${label}`}
              className="code"
              value={value}
              placeholder={hint}
              required
              spellCheck={false}
              autoComplete="off"
              onChange={(event) => set(event.target.value)}
            />
          </div>
        ))}
        {make.isError && <Problem error={make.error} />}
        <div className="form-end">
          <button type="submit" className="primary" disabled={make.isPending || preview.isError}>
            Schedule
          </button>
        </div>
      </div>
      <section aria-label="Next slots" aria-live="polite">
        {preview.isError && <Problem error={preview.error} />}
        {preview.data !== undefined && !preview.isError && (
          <>
            <p>{preview.data.in_words}</p>
            <ol className="slots">
              {preview.data.next_slots.map(({ slot, local }) => (
                <li key={slot}>{local.replace("T", " ")}</li>
              ))}
            </ol>
          </>
        )}
      </section>
    </form>
  );
}
