import { SchedulesError } from "../schedules-error.ts";
import { nextSlots, slotsBetween } from "../slots/slots.ts";
import type { Instant, TimeTrigger } from "../slots/time-trigger.ts";

/** What a backfill is made from. */
export interface BackfillOptions<Values> {
  readonly trigger: TimeTrigger;
  /** The first instant of the range. */
  readonly from: Instant;
  /** The end of the range, which is not in it. */
  readonly until: Instant;
  /** Names of the parameters whose value follows the slot; see `namesSlot` of `@notemill/expressions`. */
  readonly slotParameters: readonly string[];
  /** Works out the parameters of the run of one slot. */
  readonly resolve: (interval: SlotInterval) => Values;
  /** The most slots. Default 1,000. */
  readonly limit?: number;
}

/** A slot with the stretch of time that it stands for: from the slot to the next one. */
export interface SlotInterval {
  readonly slot: Instant;
  readonly start: Instant;
  /** The next slot; null for the last slot of a trigger. */
  readonly end: Instant | null;
}

/** One run that a backfill makes. */
export interface BackfillRun<Values> extends SlotInterval {
  readonly parameters: Values;
}

/**
 * The runs of a backfill, oldest first, with their parameters worked out. Nothing is started.
 *
 * @throws {@link SchedulesError} `BACKFILL_WITHOUT_SLOT_PARAMETER` when every run would be the same,
 * `BACKFILL_INVALID` for a range that ends before it begins or has no slot, `TOO_MANY_SLOTS`, and
 * what `slotsAfter` and `resolve` throw.
 */
export function planBackfill<Values>({
  trigger,
  from,
  until,
  slotParameters,
  resolve,
  limit = 1000,
}: BackfillOptions<Values>): readonly BackfillRun<Values>[] {
  if (slotParameters.length === 0) {
    throw new SchedulesError(
      "BACKFILL_WITHOUT_SLOT_PARAMETER",
      "no parameter follows the slot, so that every run of the backfill would be the same; bind one, for instance to trigger.slot",
    );
  }
  if (!(from < until)) {
    throw new SchedulesError(
      "BACKFILL_INVALID",
      `the range ends at ${instantText(until)}, not after its start ${instantText(from)}`,
      {
        details: { from, until },
      },
    );
  }
  const slots = slotsBetween(trigger, from - 1, until - 1, { limit });
  if (slots.length === 0) throw new SchedulesError("BACKFILL_INVALID", "the range has no slot");
  return slots.map((slot, index) => {
    const interval = { slot, start: slot, end: slots[index + 1] ?? slotInterval(trigger, slot).end };
    return { ...interval, parameters: resolve(interval) };
  });
}

function instantText(instant: Instant): string {
  const date = new Date(instant);
  return Number.isNaN(date.getTime()) ? String(instant) : date.toISOString();
}

/** A slot with the stretch of time up to the next one. */
export function slotInterval(trigger: TimeTrigger, slot: Instant): SlotInterval {
  const [end = null] = nextSlots(trigger, slot, 1);
  return { slot, start: slot, end };
}
