import { jitterMs } from "../slots/jitter.ts";
import { slotsAfter, slotsBackFrom } from "../slots/slots.ts";
import type { Instant, TimeTrigger } from "../slots/time-trigger.ts";

/**
 * What becomes of slots that nobody was there to fire.
 *
 * - `none`: they are left out.
 * - `latest`: the newest is made good, unless one that is on time comes with it.
 * - `all`: they are made good in order, the newest `cap` of them.
 */
export type CatchUpPolicy =
  | { readonly kind: "none" }
  | { readonly kind: "latest" }
  | { readonly kind: "all"; readonly cap: number };

/** A time trigger as the platform keeps it. */
export interface ScheduledTrigger {
  readonly id: string;
  readonly trigger: TimeTrigger;
  readonly catchUp: CatchUpPolicy;
  /** The longest delay of a slot, see `jitterMs`. Default 0. */
  readonly maxJitterMs?: number;
  /** How long after its instant and the longest delay a slot still counts as on time. Default a minute. */
  readonly graceMs?: number;
}

/** What {@link decideSlots} says. */
export interface SlotDecision {
  /** The slots to fire now, oldest first. */
  readonly fires: readonly Instant[];
  /** The newest slot that is decided; where the next decision begins. */
  readonly watermark: Instant;
  /** Whether a slot was left out. */
  readonly hasSkipped: boolean;
}

/**
 * Decides every slot after `watermark` that is due at `now`.
 *
 * Slots are decided in order, each once: one whose delay is over waits for those
 * before it. Write the watermark in the transaction that fires the slots.
 *
 * @throws What `slotsAfter` throws.
 */
export function decideSlots(scheduled: ScheduledTrigger, watermark: Instant, now: Instant): SlotDecision {
  const { catchUp, graceMs = 60_000, maxJitterMs = 0 } = scheduled;
  const wanted = { none: 0, latest: 1, all: catchUp.kind === "all" ? catchUp.cap : 0 }[catchUp.kind];
  // Both newest first, and every slot that is on time is newer than every one that was missed.
  const onTime: Instant[] = [];
  const missed: Instant[] = [];
  let newest: Instant | undefined;
  let hasSkipped = false;
  for (const slot of dueSlots(scheduled, watermark, now)) {
    newest ??= slot;
    if (now - slot <= maxJitterMs + graceMs) {
      onTime.push(slot);
      continue;
    }
    const isMadeGood = missed.length < wanted && !(catchUp.kind === "latest" && onTime.length > 0);
    if (!isMadeGood) {
      // All that is older is left out too.
      hasSkipped = true;
      break;
    }
    missed.push(slot);
  }
  return { fires: [...onTime, ...missed].reverse(), watermark: newest ?? watermark, hasSkipped };
}

/** When the first slot after `watermark` becomes due, or null when the trigger has no more. */
export function nextDueAt(scheduled: ScheduledTrigger, watermark: Instant): Instant | null {
  for (const slot of slotsAfter(scheduled.trigger, watermark)) return dueAt(scheduled, slot);
  return null;
}

/** When a slot becomes due: at its instant, or as much later as jitter says. */
export function dueAt({ id, maxJitterMs = 0 }: ScheduledTrigger, slot: Instant): Instant {
  return slot + jitterMs({ id, at: slot, maxMs: maxJitterMs });
}

/** The slots after `watermark` that are due with all before them, newest first. */
function* dueSlots(scheduled: ScheduledTrigger, watermark: Instant, now: Instant): Generator<Instant> {
  const { trigger, maxJitterMs = 0 } = scheduled;
  // A slot older than the longest delay is due for certain; the younger ones are looked at from the oldest on.
  const young: Instant[] = [];
  let isYoungDone = false;
  for (const slot of slotsBackFrom(trigger, now)) {
    if (slot <= watermark) break;
    if (slot > now - maxJitterMs && maxJitterMs > 0) {
      young.push(slot);
      continue;
    }
    if (!isYoungDone) yield* duePrefix(scheduled, young, now);
    isYoungDone = true;
    yield slot;
  }
  if (!isYoungDone) yield* duePrefix(scheduled, young, now);
}

/** Of slots that are given newest first, those before the first that is not due, newest first. */
function duePrefix(scheduled: ScheduledTrigger, young: readonly Instant[], now: Instant): readonly Instant[] {
  const firstWaiting = young.findLastIndex((slot) => dueAt(scheduled, slot) > now);
  return young.slice(firstWaiting + 1);
}
