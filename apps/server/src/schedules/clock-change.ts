import type { ClockChange } from "@notemill/api";
import { nextClockChange, type Trigger } from "@notemill/schedules";

/** The next change of the clock that a trigger is read on; null where there is none within a year. */
export function presentClockChange(trigger: Trigger, now: Date): ClockChange {
  const change = trigger.kind === "cron" ? nextClockChange(trigger, now.getTime()) : undefined;
  if (change === undefined) return null;
  const { at, from, to, inWords } = change;
  return { at: new Date(at).toISOString(), from, to, in_words: inWords };
}
