import { nextDueAt } from "@notemill/schedules";
import { scheduledTrigger, type TriggerDefinition } from "./trigger-row.ts";

/** The end of the year 9999: later instants have no form that every reader of dates takes. */
const LAST_INSTANT = Date.UTC(10_000, 0, 1) - 1;

/**
 * When the first slot after `watermark` becomes due; null where none comes before the year 10000, as for events.
 *
 * @throws What `slotsAfter` of `@notemill/schedules` throws.
 */
export function nextFire(id: string, definition: TriggerDefinition, watermark: Date): Date | null {
  const scheduled = scheduledTrigger(id, definition);
  if (scheduled === null) return null;
  const due = nextDueAt(scheduled, watermark.getTime());
  return due === null || due > LAST_INSTANT ? null : new Date(due);
}
