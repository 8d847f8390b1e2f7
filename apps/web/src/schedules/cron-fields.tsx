import type { RawJson } from "@notemill/json";
import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useDeferredValue, useId } from "react";
import { server } from "../server/server.ts";
import { Problem } from "../shell/problem.tsx";
import { slotValues } from "./slot-expression.ts";

/** When something is to run, by the wall clock of a time zone. */
export interface CronText {
  readonly cron: string;
  readonly zone: string;
}

/** What is in the fields at first: every morning, here. */
export function firstCron(): CronText {
  return { cron: "0 6 * * *", zone: Intl.DateTimeFormat().resolvedOptions().timeZone };
}

/** The spec of a schedule that the fields mean. */
export function cronSpec({ cron, zone }: CronText): { kind: "cron"; cron: string; time_zone: string } {
  return { kind: "cron", cron, time_zone: zone };
}

interface CronFieldsProps {
  readonly value: CronText;
  readonly onChange: (value: CronText) => void;
}

/** The two fields of a cron expression. */
export function CronFields({ value, onChange }: CronFieldsProps): ReactNode {
  return (
    <>
      <CodeField
        label="Cron"
        value={value.cron}
        hint="minute hour day month weekday"
        onChange={(cron) => onChange({ ...value, cron })}
      />
      <CodeField
        label="Time zone"
        value={value.zone}
        hint="Europe/London"
        onChange={(zone) => onChange({ ...value, zone })}
      />
    </>
  );
}

interface CodeFieldProps {
  readonly label: string;
  readonly value: string;
  readonly hint: string;
  readonly onChange: (value: string) => void;
}

/** A field that has to be filled in, with what a machine reads. */
export function CodeField({ label, value, hint, onChange }: CodeFieldProps): ReactNode {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        className="code"
        value={value}
        placeholder={hint}
        required
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => onChange(event.target.value)}
      />
    </div>
  );
}

interface NextSlotsProps {
  readonly value: CronText;
  /** Those of the schedule; what follows the slot is shown with each. Default: none. */
  readonly parameters?: RawJson;
}

/** A cron expression in words, with its next ten slots and what their runs get; or what is wrong with it. */
export function NextSlots({ value, parameters }: NextSlotsProps): ReactNode {
  const asked = useDeferredValue(JSON.stringify([value, parameters?.text]));
  const { data, error } = useQuery({
    queryKey: ["preview", asked],
    queryFn: ({ signal }) =>
      server.previewSchedule(
        { spec: cronSpec(value), ...(parameters === undefined ? {} : { parameters }) },
        { signal },
      ),
    retry: false,
    staleTime: 60_000,
  });
  return (
    <section aria-label="Next slots" aria-live="polite">
      {error !== null && <Problem error={error} />}
      {data !== undefined && error === null && (
        <>
          <p>{data.in_words}</p>
          <ol className="slots">
            {data.next_slots.map((slot) => (
              <li key={slot.slot}>
                {slot.local.replace("T", " ")}
                {slotValues(parameters, slot.parameters).map(([name, text]) => (
                  <span className="where" key={name}>
                    {name} {text}
                  </span>
                ))}
              </li>
            ))}
          </ol>
        </>
      )}
    </section>
  );
}
