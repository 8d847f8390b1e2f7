import { decideSlots, FINAL_STATUSES } from "@notemill/schedules";
import type { Driver, Queries } from "../driver/driver.ts";
import { inBatch, type Patience } from "../driver/in-batch.ts";
import { postSlotSkipped } from "../deliveries/post-notices.ts";
import { type Admitted, admitSlots, type HeldTrigger, type RunOfSlot } from "./admit-slots.ts";
import { nextFire } from "./next-fire.ts";
import { scheduledTrigger, type StoredTrigger, toTriggers, TRIGGER_COLUMNS } from "./trigger-row.ts";

/** A trigger that is due. */
export interface DueTrigger extends StoredTrigger {
  /** How many of its runs are under way. */
  readonly live: number;
}

/** A trigger that is to be fired, as it was seen. */
export interface Firing {
  readonly trigger: Pick<StoredTrigger, "id" | "version">;
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
    const held = await holdDue(queries, firings, now);
    const decided = held.map(({ trigger }) => ({ trigger, ...decideTrigger(trigger, now) }));
    await insertSlots(queries, decided, { now, newId });
    const admitted = await admitSlots(queries, held, now);
    for (const { trigger, hasSkipped, watermarkMs } of decided) {
      if (hasSkipped) await postMissed(queries, trigger, { watermarkMs, now });
    }
    await lookAgain(
      queries,
      decided.map(({ trigger, watermarkMs }, index) => {
        const watermark = new Date(watermarkMs);
        const again = admitted[index]?.waiting === 0 ? null : new Date(now.getTime() + LOOK_AGAIN_MS);
        return { id: trigger.id, watermark, at: earlier(nextFire(trigger.id, trigger, watermark), again) };
      }),
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
): Promise<readonly HeldTrigger[]> {
  const rows = await queries.query(HOLD, [
    firings.map(({ trigger }) => trigger.id),
    firings.map(({ trigger }) => trigger.version),
    now,
  ]);
  const found = new Map(toTriggers(rows).map((trigger) => [trigger.id, trigger]));
  return firings.flatMap(({ trigger: { id }, runOf }) => {
    const trigger = found.get(id);
    return trigger === undefined ? [] : [{ trigger, runOf }];
  });
}

const HOLD = `
  select ${TRIGGER_COLUMNS} from unnest($1::uuid[], $2::int[]) as seen (id, version)
  join trigger on trigger.id = seen.id and trigger.version = seen.version
  where trigger.next_fire_at <= $3
  for update of trigger skip locked`;

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

async function insertSlots(
  queries: Queries,
  decided: readonly { readonly trigger: StoredTrigger; readonly fires: readonly number[] }[],
  { now, newId }: FireOptions,
): Promise<void> {
  const slots = decided.flatMap(({ trigger: { id: triggerId }, fires }) =>
    fires.map((slot) => ({ id: newId(), triggerId, slot })),
  );
  if (slots.length === 0) return;
  await queries.query(INSERT_SLOTS, [
    slots.map(({ id }) => id),
    slots.map(({ triggerId }) => triggerId),
    slots.map(({ slot }) => new Date(slot).toISOString()),
    now,
  ]);
}

const INSERT_SLOTS = `
  insert into trigger_slot (id, trigger_id, slot, is_by_hand, state, created_at)
  select id, trigger_id, slot, false, 'waiting', $4 from unnest($1::uuid[], $2::uuid[], $3::timestamptz[])
    as given (id, trigger_id, slot)
  on conflict do nothing`;

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
): Promise<void> {
  if (triggers.length === 0) return;
  await queries.query(LOOK_AGAIN, [
    triggers.map(({ id }) => id),
    triggers.map(({ watermark }) => watermark.toISOString()),
    triggers.map(({ at }) => at?.toISOString() ?? null),
  ]);
}

const LOOK_AGAIN = `
  update trigger set watermark = next.watermark, next_fire_at = next.at
  from unnest($1::uuid[], $2::timestamptz[], $3::timestamptz[]) as next (id, watermark, at)
  where trigger.id = next.id`;

const MISSED = {
  code: "SLOTS_MISSED",
  message: "slots were missed and left out: no server was there to fire them",
};
function earlier(one: Date | null, other: Date | null): Date | null {
  if (one === null || other === null) return one ?? other;
  return one < other ? one : other;
}
