import { SchedulesError } from "../schedules-error.ts";
import { openCron } from "./parse-cron.ts";
import type { Instant, IntervalTrigger, TimeTrigger } from "./time-trigger.ts";

/** Options of {@link slotsBetween}. */
export interface SlotsBetweenOptions {
  /** The most slots that may be given. Default 10,000. */
  readonly limit?: number;
}

/**
 * The slots after `after`, up to and with `until`, oldest first.
 *
 * @throws {@link SchedulesError} `TOO_MANY_SLOTS`, and what {@link slotsAfter} throws.
 */
export function slotsBetween(
  trigger: TimeTrigger,
  after: Instant,
  until: Instant,
  { limit = 10_000 }: SlotsBetweenOptions = {},
): readonly Instant[] {
  const slots: Instant[] = [];
  for (const slot of slotsAfter(trigger, after)) {
    if (slot > until) break;
    if (slots.length === limit) {
      throw new SchedulesError("TOO_MANY_SLOTS", `there are more than ${limit} slots in the range`, {
        details: { limit },
      });
    }
    slots.push(slot);
  }
  return slots;
}

/**
 * The first `count` slots after `after`, oldest first; fewer when the trigger has no more.
 *
 * @throws What {@link slotsAfter} throws.
 */
export function nextSlots(trigger: TimeTrigger, after: Instant, count: number): readonly Instant[] {
  return take(slotsAfter(trigger, after), count);
}

/**
 * The last `count` slots at or before `until`, newest first; fewer when there were no more.
 *
 * @throws What {@link slotsAfter} throws.
 */
export function previousSlots(trigger: TimeTrigger, until: Instant, count: number): readonly Instant[] {
  return take(slotsBackFrom(trigger, until), count);
}

function take(slots: Generator<Instant, undefined>, count: number): readonly Instant[] {
  const taken: Instant[] = [];
  if (count <= 0) return taken;
  for (const slot of slots) if (taken.push(slot) >= count) break;
  return taken;
}

/**
 * Every slot after `after`, oldest first, found one by one.
 *
 * @throws {@link SchedulesError} `CRON_INVALID`, `CRON_SECONDS_UNSUPPORTED`, `TIME_ZONE_UNKNOWN` or
 * `TRIGGER_INVALID`, when the first is asked for.
 */
export function* slotsAfter(trigger: TimeTrigger, after: Instant): Generator<Instant, undefined> {
  switch (trigger.kind) {
    case "cron": {
      const cron = openCron(trigger.cron, trigger.timeZone);
      let last = cron.nextRun(new Date(after));
      for (; last !== null; last = cron.nextRun(last)) yield last.getTime();
      return;
    }
    case "interval": {
      checkInterval(trigger);
      const { everyMs, anchor } = trigger;
      const steps = Math.max(0, Math.floor((after - anchor) / everyMs) + 1);
      for (let slot = anchor + steps * everyMs; slot <= MAX_INSTANT; slot += everyMs) yield slot;
      return;
    }
    case "once":
      checkInstant(trigger.at, "at");
      if (trigger.at > after) yield trigger.at;
  }
}

/**
 * Every slot at or before `until`, newest first, found one by one.
 *
 * @throws What {@link slotsAfter} throws.
 */
export function* slotsBackFrom(trigger: TimeTrigger, until: Instant): Generator<Instant, undefined> {
  switch (trigger.kind) {
    case "cron": {
      const cron = openCron(trigger.cron, trigger.timeZone);
      // What is asked for runs before an instant does not get one at it.
      let [last] = cron.previousRuns(1, new Date(until + 1));
      for (; last !== undefined; [last] = cron.previousRuns(1, last)) yield last.getTime();
      return;
    }
    case "interval": {
      checkInterval(trigger);
      const { everyMs, anchor } = trigger;
      const steps = Math.floor((until - anchor) / everyMs);
      for (let slot = anchor + steps * everyMs; slot >= anchor; slot -= everyMs) yield slot;
      return;
    }
    case "once":
      checkInstant(trigger.at, "at");
      if (trigger.at <= until) yield trigger.at;
  }
}

/** The last instant that JavaScript's dates have. */
const MAX_INSTANT = 8.64e15;

function checkInterval({ everyMs, anchor }: IntervalTrigger): void {
  checkInstant(anchor, "anchor");
  if (Number.isSafeInteger(everyMs) && everyMs >= 1000) return;
  throw new SchedulesError(
    "TRIGGER_INVALID",
    `everyMs is ${everyMs}; expected a whole number of milliseconds, at least 1000`,
    { details: { field: "everyMs" } },
  );
}

function checkInstant(instant: Instant, field: string): void {
  if (Number.isSafeInteger(instant) && Math.abs(instant) <= MAX_INSTANT) return;
  throw new SchedulesError("TRIGGER_INVALID", `${field} is ${instant}; expected an instant in milliseconds`, {
    details: { field },
  });
}
