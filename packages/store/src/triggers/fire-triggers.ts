import { decideSlots, FINAL_STATUSES } from "@notemill/schedules";
import type { Driver, Queries } from "../driver/driver.ts";
import { inBatch, type Patience } from "../driver/in-batch.ts";
import { postSlotSkipped } from "../deliveries/post-notices.ts";
import {
  type Admitted,
  admitSlots,
  type FreshSlot,
  type HeldTrigger,
  type RunOfSlot,
} from "./admit-slots.ts";
import { nextFire } from "./next-fire.ts";
import { scheduledTrigger, type StoredTrigger, toTriggers, TRIGGER_COLUMNS } from "./trigger-row.ts";

/** A trigger that is due. */
export interface DueTrigger extends StoredTrigger {
  /** How many of its runs are under way. */
  readonly live: number;
}

/** A trigger that is to be fired, as it was seen. */
export interface Firing {
  readonly trigger: StoredTrigger;
  readonly runOf: RunOfSlot;
}

/** Options of {@link fireTriggers}. */
export interface FireOptions {
  readonly now: Date;
  /** Gives UUIDs of version 7. */
  readonly newId: () => string;
}

/** What {@link fireTriggers} did with one of them. */
export interface Fired extends Omit<Admitted, "waiting"> {
  /** Whether slots were left out that nobody was there to fire. */
  readonly hasMissed: boolean;
}

/** How long until somebody looks again whether a slot that waits may start, in milliseconds. */
const LOOK_AGAIN_MS = 1000;

/** The triggers that are due, the longest due first. Nobody has them yet: see {@link fireTrigger}. */
export async function dueTriggers(
  queries: Queries,
  { now, limit }: { readonly now: Date; readonly limit: number },
): Promise<readonly DueTrigger[]> {
  const rows = await queries.query(
    `select ${TRIGGER_COLUMNS}, (
       select count(*)::int from trigger_slot left join run on run.id = run_id
         left join workflow_run on workflow_run.id = trigger_slot.workflow_run_id
       where trigger_slot.trigger_id = trigger.id and trigger_slot.state = 'started'
         and not (coalesce(run.status, workflow_run.status) = any($3))
     ) as live
     from trigger where next_fire_at <= $1 order by next_fire_at limit $2`,
    [now, limit, FINAL_STATUSES],
  );
  return toTriggers(rows) as readonly DueTrigger[];
}

/** When the next trigger becomes due; null where none will. */
export async function nextDueTrigger(queries: Queries): Promise<Date | null> {
  const [row] = await queries.query(
    "select min(next_fire_at) as next from trigger where next_fire_at is not null",
  );
  return (row?.["next"] as Date | null | undefined) ?? null;
}

/** Fires one trigger; see {@link fireTriggers}. */
export async function fireTrigger(
  driver: Driver,
  trigger: Firing["trigger"],
  { runOf, ...options }: FireOptions & { readonly runOf: RunOfSlot },
): Promise<Fired | null> {
  const [fired] = await fireTriggers(driver, [{ trigger, runOf }], options);
  return fired ?? null;
}

/**
 * Fires what is due of triggers, each named once: their slots, the runs of these, and when to look
 * again, in one transaction, which does all of it or nothing.
 *
 * Any number of servers may try. One does it, the others get null for that trigger, as does one that
 * has seen another version of it.
 *
 * @returns What was done, in the order of the triggers.
 */
export async function fireTriggers(
  driver: Driver,
  firings: readonly Firing[],
  { now, newId }: FireOptions,
  patience: Patience = "endless",
): Promise<readonly (Fired | null)[]> {
  return inBatch(driver, patience, async (queries) => {
    const due = await holdDue(queries, firings, now);
    const decided = due.map((it) => ({ ...it, ...decideTrigger(it.trigger, now) }));
    const fresh = await newSlots(queries, decided, newId);
    const held = due.map((it) => ({ ...it, fresh: fresh.get(it.trigger.id) ?? [] }));
    const admitted = await admitSlots(queries, held, now);
    for (const { trigger, hasSkipped, watermarkMs } of decided) {
      if (hasSkipped) await postMissed(queries, trigger, { watermarkMs, now });
    }
    await lookAgain(
      queries,
      decided.map(({ trigger, watermarkMs }) => {
        const watermark = new Date(watermarkMs);
        return { id: trigger.id, watermark, at: nextFire(trigger.id, trigger, watermark) };
      }),
      now,
    );
    const fired = new Map<string, Fired>();
    for (const [index, { trigger, hasSkipped }] of decided.entries()) {
      const { waiting: _waiting, ...rest } = admitted[index] as Admitted;
      fired.set(trigger.id, { ...rest, hasMissed: hasSkipped });
    }
    return firings.map(({ trigger }) => fired.get(trigger.id) ?? null);
  });
}

/** Locks those that are due, are as they were seen, and nobody else has. */
async function holdDue(
  queries: Queries,
  firings: readonly Firing[],
  now: Date,
): Promise<readonly Omit<HeldTrigger, "fresh">[]> {
  const rows = await queries.query(HOLD, [firings.map(({ trigger }) => trigger.id)]);
  const found = new Map(rows.map((row) => [row["id"], row as unknown as Held]));
  return firings.flatMap(({ trigger, runOf }) => {
    const held = found.get(trigger.id);
    const isDue = held?.version === trigger.version && held.nextFireAt !== null && held.nextFireAt <= now;
    return isDue ? [{ trigger: { ...trigger, ...held }, runOf }] : [];
  });
}

/** What of a trigger changes while its version stays. */
type Held = Pick<StoredTrigger, "id" | "version" | "watermark" | "nextFireAt">;

// By ids alone: with another condition all that are due are looked at.
const HOLD = `
  select id, version, watermark, next_fire_at as "nextFireAt" from trigger where id = any($1::uuid[])
  for update skip locked`;

/** Which slots of a trigger fire now, and up to where all are decided then. */
function decideTrigger(
  trigger: StoredTrigger,
  now: Date,
): { readonly fires: readonly number[]; readonly watermarkMs: number; readonly hasSkipped: boolean } {
  const scheduled = scheduledTrigger(trigger.id, trigger);
  const since = trigger.watermark.getTime();
  if (scheduled === null) return { fires: [], watermarkMs: since, hasSkipped: false };
  const { fires, watermark, hasSkipped } = decideSlots(scheduled, since, now.getTime());
  return { fires, watermarkMs: watermark, hasSkipped };
}

/** The slots that fire and are not there yet: one may be where a trigger had another spec before. */
async function newSlots(
  queries: Queries,
  decided: readonly { readonly trigger: StoredTrigger; readonly fires: readonly number[] }[],
  newId: () => string,
): Promise<ReadonlyMap<string, readonly FreshSlot[]>> {
  const slots = decided.flatMap(({ trigger: { id: triggerId }, fires }) =>
    fires.map((slot) => ({ triggerId, at: new Date(slot) })),
  );
  const rows = await queries.query(KNOWN_SLOTS, [
    slots.map(({ triggerId }) => triggerId),
    slots.map(({ at }) => at.toISOString()),
  ]);
  const known = new Set(rows.map((row) => `${String(row["id"])} ${(row["slot"] as Date).getTime()}`));
  const fresh = slots
    .filter(({ triggerId, at }) => !known.has(`${triggerId} ${at.getTime()}`))
    .map((slot) => ({ ...slot, id: newId() }));
  return Map.groupBy(fresh, ({ triggerId }) => triggerId);
}

// One by one: of a join the planner makes a scan of all slots.
const KNOWN_SLOTS = `
  select given.id, known.slot from unnest($1::uuid[], $2::timestamptz[]) as given (id, slot)
  cross join lateral (
    select trigger_slot.slot from trigger_slot
    where trigger_slot.trigger_id = given.id and trigger_slot.slot = given.slot
      and not trigger_slot.is_by_hand and trigger_slot.event_key is null
    limit 1
  ) as known`;

async function postMissed(
  queries: Queries,
  { id, owner }: StoredTrigger,
  { watermarkMs, now }: { readonly watermarkMs: number; readonly now: Date },
): Promise<void> {
  const missed = { owner, triggerId: id, slotId: `${id}-${watermarkMs}`, slot: null };
  await postSlotSkipped(queries, missed, { ...MISSED, now });
}

async function lookAgain(
  queries: Queries,
  triggers: readonly { readonly id: string; readonly watermark: Date; readonly at: Date | null }[],
  now: Date,
): Promise<void> {
  if (triggers.length === 0) return;
  await queries.query(LOOK_AGAIN, [
    triggers.map(({ id }) => id),
    triggers.map(({ watermark }) => watermark.toISOString()),
    triggers.map(({ at }) => at?.toISOString() ?? null),
    new Date(now.getTime() + LOOK_AGAIN_MS),
  ]);
}

// A workflow-run that has begun and ended in this very transaction may have given others a slot.
const LOOK_AGAIN = `
  update trigger set watermark = next.watermark, stall = null, next_fire_at = least(next.at, (
    select $4::timestamptz from trigger_slot
    where trigger_slot.trigger_id = next.id and trigger_slot.state = 'waiting' limit 1
  ))
  from unnest($1::uuid[], $2::timestamptz[], $3::timestamptz[]) as next (id, watermark, at)
  where trigger.id = next.id`;

const MISSED = {
  code: "SLOTS_MISSED",
  message: "slots were missed and left out: no server was there to fire them",
};
