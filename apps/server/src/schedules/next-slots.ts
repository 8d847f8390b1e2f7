import type { NextSlot } from "@notemill/api";
import { RawJson } from "@notemill/json";
import { dueAt, nextSlots, type ScheduledTrigger, type TimeTrigger } from "@notemill/schedules";
import { checkParameterSize } from "../runs/parameter-size.ts";
import { localTime, timeZoneOf } from "./local-time.ts";
import { slotParameters } from "./slot-parameters.ts";

/** The end of the year 9999: what comes later has no usual form. */
const LAST_INSTANT = Date.UTC(10_000, 0, 1) - 1;

/**
 * The slots after an instant, each with what its run would get.
 *
 * @param options.maxBytes - The most bytes of the parameters of one. Default: any number.
 */
export function presentNextSlots(
  scheduled: ScheduledTrigger,
  parameters: string,
  options: { readonly after: Date; readonly count: number; readonly maxBytes?: number },
): NextSlot[] {
  const { after, count, maxBytes } = options;
  const { trigger } = scheduled;
  const parametersAt = (at: number): RawJson => {
    const text = slotParameters(parameters, trigger, { at, body: null });
    if (maxBytes !== undefined) checkParameterSize(text, maxBytes);
    return new RawJson(text);
  };
  return comingSlots(trigger, after, count).map((slot) => ({
    slot: new Date(slot).toISOString(),
    local: localTime(slot, timeZoneOf(trigger)),
    due_at: new Date(dueAt(scheduled, slot)).toISOString(),
    parameters: parametersAt(slot),
  }));
}

/** The first slots after an instant that come before the year 10000. */
export function comingSlots(trigger: TimeTrigger, after: Date, count: number): readonly number[] {
  return nextSlots(trigger, after.getTime(), count).filter((slot) => slot <= LAST_INSTANT);
}
