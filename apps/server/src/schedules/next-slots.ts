import type { NextSlot } from "@notemill/api";
import { RawJson } from "@notemill/json";
import { dueAt, nextSlots, type ScheduledTrigger, type TimeTrigger } from "@notemill/schedules";
import { slotParameters } from "./slot-parameters.ts";

/** The end of the year 9999: what comes later has no usual form. */
const LAST_INSTANT = Date.UTC(10_000, 0, 1) - 1;

/** The slots after an instant, each with what its run would get. */
export function presentNextSlots(
  scheduled: ScheduledTrigger,
  parameters: string,
  { after, count }: { readonly after: Date; readonly count: number },
): NextSlot[] {
  const { trigger } = scheduled;
  return comingSlots(trigger, after, count).map((slot) => ({
    slot: new Date(slot).toISOString(),
    local: localTime(slot, trigger.kind === "cron" ? trigger.timeZone : "UTC"),
    due_at: new Date(dueAt(scheduled, slot)).toISOString(),
    parameters: new RawJson(slotParameters(parameters, trigger, slot)),
  }));
}

/** The first slots after an instant that come before the year 10000. */
export function comingSlots(trigger: TimeTrigger, after: Date, count: number): readonly number[] {
  return nextSlots(trigger, after.getTime(), count).filter((slot) => slot <= LAST_INSTANT);
}

/** An instant on a wall clock: `2026-03-29T06:00:00+01:00`. */
function localTime(instant: number, timeZone: string): string {
  const format = new Intl.DateTimeFormat("en-GB", {
    timeZone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    hourCycle: "h23",
    timeZoneName: "longOffset",
  });
  const parts = new Map(format.formatToParts(instant).map(({ type, value }) => [type, value]));
  const part = (type: Intl.DateTimeFormatPartTypes): string => parts.get(type) ?? "";
  const offset = part("timeZoneName").replace("GMT", "") || "+00:00";
  return `${part("year").padStart(4, "0")}-${part("month")}-${part("day")}T${part("hour")}:${part("minute")}:${part("second")}${offset}`;
}
