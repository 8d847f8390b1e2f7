import cronstrue from "cronstrue";
import type { Trigger } from "../events/event-trigger.ts";
import { cronFields, openCron } from "./parse-cron.ts";

/**
 * A trigger in plain English: `At 06:00, Monday through Friday (Europe/London)`.
 *
 * @throws What `slotsAfter` throws.
 */
export function describeTrigger(trigger: Trigger): string {
  switch (trigger.kind) {
    case "cron":
      openCron(trigger.cron, trigger.timeZone);
      return `${describeCron(trigger.cron)} (${trigger.timeZone})`;
    case "interval":
      return `Every ${inWords(trigger.everyMs)} from ${new Date(trigger.anchor).toISOString()}`;
    case "once":
      return `Once, at ${new Date(trigger.at).toISOString()}`;
    case "after": {
      const outcomes = trigger.outcomes.map((it) => it.replace("_", " ")).join(" or ");
      return `After each run of ${trigger.path ?? `schedule ${trigger.triggerId}`} that has ${outcomes}`;
    }
    case "webhook":
      return "When its webhook is called";
    case "file":
      return `When ${trigger.pattern} appears or changes`;
  }
}

/**
 * A cron expression in plain English: `Every 30 minutes`.
 *
 * @throws {@link SchedulesError} `CRON_INVALID` or `CRON_SECONDS_UNSUPPORTED`.
 */
export function describeCron(cron: string): string {
  openCron(cron, "UTC");
  return cronstrue.toString(cronFields(cron), { use24HourTimeFormat: true });
}

const UNITS = [
  ["day", 86_400_000],
  ["hour", 3_600_000],
  ["minute", 60_000],
  ["second", 1000],
] as const;

/** A length of time in the largest unit that has it whole: `6 hours`, `minute`. */
function inWords(lengthMs: number): string {
  const [name, unitMs] = UNITS.find(([, unitMs]) => lengthMs % unitMs === 0) ?? ["millisecond", 1];
  const count = lengthMs / unitMs;
  return count === 1 ? name : `${count} ${name}s`;
}
