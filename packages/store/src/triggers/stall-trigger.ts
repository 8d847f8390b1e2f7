import { postSlotSkipped } from "../deliveries/post-notices.ts";
import type { Driver } from "../driver/driver.ts";
import type { SkipReason } from "./admit-slots.ts";
import type { StoredTrigger, TriggerStall } from "./trigger-row.ts";

/** The waits between two tries, in milliseconds: each is twice as long as the one before, up to the longest. */
const FIRST_WAIT_MS = 250;
const LONGEST_WAIT_MS = 30_000;

/** After so many milliseconds those are told who want to know what did not start. */
const TELL_AFTER_MS = 60_000;

/**
 * Notes why a trigger that is due could not be fired, and puts off the next try, longer each time.
 * The trigger is free of it as soon as it is fired, changed, paused or resumed.
 *
 * @returns Whether the reason is another one than before; false too where somebody else has noted it or
 *   changed the trigger meanwhile.
 */
export async function stallTrigger(
  driver: Driver,
  trigger: StoredTrigger,
  { reason, now }: { readonly reason: SkipReason; readonly now: Date },
): Promise<boolean> {
  const { id, owner, version, nextFireAt, stall: before } = trigger;
  const stall: TriggerStall = {
    code: reason.code,
    message: reason.message,
    since: before?.since ?? now.toISOString(),
    tries: (before?.tries ?? 0) + 1,
  };
  const again = new Date(now.getTime() + waitMs(stall.tries));
  return driver.tx(async (queries) => {
    const rows = await queries.query(
      "update trigger set stall = $1, next_fire_at = $2 where id = $3 and version = $4 and next_fire_at = $5 returning id",
      [JSON.stringify(stall), again, id, version, nextFireAt],
    );
    if (rows.length === 0) return false;
    if (now.getTime() - Date.parse(stall.since) >= TELL_AFTER_MS) {
      const stalled = { owner, triggerId: id, slotId: `${id}-${stall.since}`, slot: null };
      await postSlotSkipped(queries, stalled, { ...reason, now });
    }
    return before?.code !== stall.code || before.message !== stall.message;
  });
}

function waitMs(tries: number): number {
  return Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (tries - 1));
}
