import type { ScheduleSpec } from "@notemill/api";
import type { TimeTrigger } from "@notemill/schedules";

/** A spec of the API as the functions that find slots take it. @param now - Anchor of an interval that names none. */
export function timeTriggerOf(spec: ScheduleSpec, now: Date): TimeTrigger {
  switch (spec.kind) {
    case "cron":
      return { kind: "cron", cron: spec.cron, timeZone: spec.time_zone };
    case "interval": {
      // Without an anchor slots are on whole seconds.
      const anchor =
        spec.anchor === undefined ? Math.floor(now.getTime() / 1000) * 1000 : Date.parse(spec.anchor);
      return { kind: "interval", everyMs: Math.round(spec.every_seconds * 1000), anchor };
    }
    case "once":
      return { kind: "once", at: Date.parse(spec.at) };
  }
}

/** The other way round. */
export function presentSpec(trigger: TimeTrigger): ScheduleSpec {
  switch (trigger.kind) {
    case "cron":
      return { kind: "cron", cron: trigger.cron, time_zone: trigger.timeZone };
    case "interval":
      return {
        kind: "interval",
        every_seconds: trigger.everyMs / 1000,
        anchor: new Date(trigger.anchor).toISOString(),
      };
    case "once":
      return { kind: "once", at: new Date(trigger.at).toISOString() };
  }
}
