import { SchedulesError } from "../schedules-error.ts";
import { nextSlots } from "./slots.ts";
import type { TimeTrigger } from "./time-trigger.ts";

/** Where the search for a first slot begins: before any trigger was made. Every date comes within 40 years of it. */
const BEGINNING = Date.UTC(2000, 0, 1);

/**
 * Makes sure that a trigger can be read and has a slot at all.
 *
 * @throws {@link SchedulesError} `CRON_INVALID`, also for a date that never comes, such as
 * 30 February; `CRON_SECONDS_UNSUPPORTED`, `TIME_ZONE_UNKNOWN`, `TRIGGER_INVALID`.
 */
export function checkTrigger(trigger: TimeTrigger): void {
  const [first] = nextSlots(trigger, BEGINNING, 1);
  if (trigger.kind !== "cron" || first !== undefined) return;
  throw new SchedulesError(
    "CRON_INVALID",
    `cron expression "${trigger.cron}" names a date that never comes`,
    {
      details: { cron: trigger.cron },
    },
  );
}
