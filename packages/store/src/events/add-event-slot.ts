import type { Driver, Queries } from "../driver/driver.ts";

/** The channel that is woken when a trigger may be due. */
export const TRIGGER_CHANNEL = "notemill_trigger";

/** The most slots of a trigger that wait for their turn. */
const MOST_WAITING = 1000;

/** The most events that lead to each other, so that triggers in a circle come to an end. */
const MOST_DEPTH = 16;

/** Something that happened, of which a trigger makes a slot. */
export interface EventSlot {
  /** A UUID of version 7. */
  readonly id: string;
  readonly triggerId: string;
  /** The instant that it stands for. */
  readonly slot: Date;
  /** The same event has the same key, and one slot. */
  readonly key: string;
  /** What it says, as JSON. */
  readonly body: string;
  /** How many events led to it. Default 0. */
  readonly depth?: number;
  readonly now: Date;
}

/** What became of an event. */
export type AddedEvent =
  | { readonly kind: "added" | "known"; readonly slotId: string }
  /** The trigger was deleted. */
  | { readonly kind: "missing" }
  /** Too many wait already; nothing was done. */
  | { readonly kind: "full" };

/** Makes the slot of an event, once, and lets the trigger be looked at. */
export async function addEventSlot(driver: Driver, event: EventSlot): Promise<AddedEvent> {
  return driver.tx((queries) => addEventSlotIn(queries, event));
}

/** {@link addEventSlot} within a transaction of the caller's. */
export async function addEventSlotIn(queries: Queries, event: EventSlot): Promise<AddedEvent> {
  const { id, triggerId, slot, key, body, depth = 0, now } = event;
  const [trigger] = await queries.query(
    `select paused_at is not null as paused, (
       select count(*)::int from (
         select 1 from trigger_slot where trigger_id = $1 and state = 'waiting' limit ${MOST_WAITING}
       ) as waiting
     ) as waiting
     from trigger where id = $1 and deleted_at is null for update`,
    [triggerId],
  );
  if (trigger === undefined) return { kind: "missing" };
  const known = await queries.query("select id from trigger_slot where trigger_id = $1 and event_key = $2", [
    triggerId,
    key,
  ]);
  if (known[0] !== undefined) return { kind: "known", slotId: String(known[0]["id"]) };
  if (Number(trigger["waiting"]) >= MOST_WAITING) return { kind: "full" };
  const skipped = trigger["paused"] === true ? PAUSED : depth > MOST_DEPTH ? CIRCLE : null;
  await queries.query(
    `insert into trigger_slot (id, trigger_id, slot, is_by_hand, state, skipped, event_key, body, depth, created_at)
     values ($1, $2, $3, false, $4, $5, $6, $7, $8, $9)`,
    [
      id,
      triggerId,
      slot,
      skipped === null ? "waiting" : "skipped",
      skipped === null ? null : JSON.stringify(skipped),
      key,
      body,
      depth,
      now,
    ],
  );
  if (skipped === null) {
    await queries.query("update trigger set next_fire_at = least(next_fire_at, $2) where id = $1", [
      triggerId,
      now,
    ]);
    await queries.query("select pg_notify($1, '')", [TRIGGER_CHANNEL]);
  }
  return { kind: "added", slotId: id };
}

const PAUSED = { code: "SLOT_PAUSED", message: "the schedule was paused when the event came" };
const CIRCLE = {
  code: "SLOT_CIRCLE",
  message: `more than ${MOST_DEPTH} events led to this one; schedules that follow each other in a circle would go on for ever`,
};
