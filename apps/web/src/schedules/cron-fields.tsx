import { type ReactNode, useMemo } from "react";
import { SelectField } from "../shell/select-field.tsx";
import { TextField } from "../shell/text-field.tsx";
import { type CronWords, MINUTE_STEPS, readCron, readTimeOfDay, timeOfDay, writeCron } from "./cron-words.ts";
import type { PlanProblems } from "./plan-problems.ts";

const KINDS = {
  minutes: "every few minutes",
  hourly: "every hour",
  daily: "every day",
  weekly: "on days of the week",
  monthly: "on a day of the month",
  other: "as the cron expression says",
} as const;

/** Days of the week as people here count them. */
const DAYS = [
  [1, "Mon", "Monday"],
  [2, "Tue", "Tuesday"],
  [3, "Wed", "Wednesday"],
  [4, "Thu", "Thursday"],
  [5, "Fri", "Friday"],
  [6, "Sat", "Saturday"],
  [0, "Sun", "Sunday"],
] as const;

interface CronFieldsProps {
  readonly cron: string;
  readonly zone: string;
  readonly problems: PlanProblems;
  readonly onChange: (change: { readonly cron?: string; readonly zone?: string }) => void;
}

/** A cron expression in plain words and as it is; what is chosen in one shows in the other. */
export function CronFields({ cron, zone, problems, onChange }: CronFieldsProps): ReactNode {
  const zones = useMemo(() => ["UTC", ...Intl.supportedValuesOf("timeZone")], []);
  const words = readCron(cron);
  const write = (next: CronWords): void => onChange({ cron: writeCron(next) });
  return (
    <>
      <SelectField
        label="Repeats"
        choices={KINDS}
        value={words?.kind ?? "other"}
        onChange={(kind) => {
          if (kind !== "other") write(firstWords(kind, words));
        }}
      />
      {words !== undefined && <WordFields words={words} onChange={write} />}
      <TextField
        label="Cron"
        isCode
        value={cron}
        hint="minute hour day month weekday"
        problem={problems.get("cron")}
        onChange={(next) => onChange({ cron: next })}
      />
      <TextField
        label="Time zone"
        isCode
        value={zone}
        hint="Europe/London"
        choices={zones}
        problem={problems.get("zone")}
        onChange={(next) => onChange({ zone: next })}
      />
    </>
  );
}

interface WordFieldsProps {
  readonly words: CronWords;
  readonly onChange: (words: CronWords) => void;
}

function WordFields({ words, onChange }: WordFieldsProps): ReactNode {
  switch (words.kind) {
    case "minutes":
      return (
        <SelectField
          label="Every"
          choices={Object.fromEntries(MINUTE_STEPS.map((it) => [String(it), `${it} minutes`]))}
          value={String(words.every)}
          onChange={(every) => onChange({ kind: "minutes", every: Number(every) })}
        />
      );
    case "hourly":
      return (
        <TextField
          label="Minutes past the hour"
          type="number"
          min={0}
          max={59}
          step={1}
          value={String(words.minute)}
          onChange={(text) => onChange({ ...words, minute: within(text, 0, 59) })}
        />
      );
    case "daily":
      return <TimeField words={words} onChange={onChange} />;
    case "weekly":
      return (
        <>
          <div className="field">
            <div className="weekdays" role="group" aria-label="Days of the week">
              {DAYS.map(([day, short, long]) => (
                <button
                  key={day}
                  type="button"
                  aria-label={long}
                  aria-pressed={words.days.includes(day)}
                  onClick={() => onChange({ ...words, days: toggled(words.days, day) })}
                >
                  {short}
                </button>
              ))}
            </div>
          </div>
          <TimeField words={words} onChange={onChange} />
        </>
      );
    case "monthly":
      return (
        <>
          <TextField
            label="Day of the month"
            type="number"
            min={1}
            max={31}
            step={1}
            value={String(words.day)}
            {...(words.day > 28 ? { help: "A month without that day has no slot." } : {})}
            onChange={(text) => onChange({ ...words, day: within(text, 1, 31) })}
          />
          <TimeField words={words} onChange={onChange} />
        </>
      );
  }
}

function TimeField<Words extends Exclude<CronWords, { kind: "minutes" | "hourly" }>>({
  words,
  onChange,
}: {
  readonly words: Words;
  readonly onChange: (words: Words) => void;
}): ReactNode {
  return (
    <TextField
      label="At"
      type="time"
      value={timeOfDay(words)}
      onChange={(text) => {
        const time = readTimeOfDay(text);
        if (time !== undefined) onChange({ ...words, ...time });
      }}
    />
  );
}

/** What a kind begins with: the time that was there before, where there was one. */
function firstWords(kind: CronWords["kind"], before: CronWords | undefined): CronWords {
  const minute = before !== undefined && "minute" in before ? before.minute : 0;
  const hour = before !== undefined && "hour" in before ? before.hour : 6;
  switch (kind) {
    case "minutes":
      return { kind, every: 15 };
    case "hourly":
      return { kind, minute };
    case "daily":
      return { kind, minute, hour };
    case "weekly":
      return { kind, minute, hour, days: [1, 2, 3, 4, 5] };
    case "monthly":
      return { kind, minute, hour, day: 1 };
  }
}

/** The days with another one, or without it; the last one stays. */
function toggled(days: readonly number[], day: number): readonly number[] {
  const others = days.filter((it) => it !== day);
  if (others.length === days.length) return [...days, day];
  return others.length === 0 ? days : others;
}

function within(text: string, least: number, most: number): number {
  const value = Math.trunc(Number(text));
  return Number.isFinite(value) ? Math.min(most, Math.max(least, value)) : least;
}
