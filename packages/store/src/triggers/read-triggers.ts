import type { Queries } from "../driver/driver.ts";
import { type StoredSlot, type StoredTrigger, toTriggers, TRIGGER_COLUMNS } from "./trigger-row.ts";

/** Options of {@link listTriggers}. */
export interface ListTriggersOptions {
  readonly name?: string;
  /** The id of the last trigger of the page before. */
  readonly before?: string;
  readonly limit: number;
}

/** One page of the triggers that are not deleted, newest first. */
export async function listTriggers(
  queries: Queries,
  {
    name = null,
    before = null,
    limit,
  }: { [Key in keyof ListTriggersOptions]: ListTriggersOptions[Key] | null },
): Promise<readonly StoredTrigger[]> {
  const rows = await queries.query(
    `select ${TRIGGER_COLUMNS} from trigger
     where deleted_at is null and ($1::text is null or name = $1) and ($2::uuid is null or id < $2)
     order by id desc limit $3`,
    [name, before, limit],
  );
  return toTriggers(rows);
}

/** One trigger, deleted or not; null where there is none. */
export async function getTrigger(queries: Queries, id: string): Promise<StoredTrigger | null> {
  return (
    toTriggers(await queries.query(`select ${TRIGGER_COLUMNS} from trigger where id = $1`, [id]))[0] ?? null
  );
}

const SLOT_COLUMNS = `trigger_slot.id, slot, is_by_hand as "isByHand", trigger_slot.state, run_id as "runId",
  trigger_slot.workflow_run_id as "workflowRunId", coalesce(run.status, workflow_run.status) as "runStatus",
  skipped, body, trigger_slot.created_at as "createdAt"`;

const SLOT_TABLES = `trigger_slot left join run on run.id = run_id
  left join workflow_run on workflow_run.id = trigger_slot.workflow_run_id`;

/** One page of what became of a trigger's slots, newest first. */
export async function listSlots(
  queries: Queries,
  triggerId: string,
  { before = null, limit }: { readonly before?: string | null; readonly limit: number },
): Promise<readonly StoredSlot[]> {
  const rows = await queries.query(
    `select ${SLOT_COLUMNS} from ${SLOT_TABLES}
     where trigger_slot.trigger_id = $1 and ($2::uuid is null or trigger_slot.id < $2)
     order by trigger_slot.id desc limit $3`,
    [triggerId, before, limit],
  );
  return rows as unknown as readonly StoredSlot[];
}

/** The newest slot of each of these triggers, where it has one, by the id of the trigger. */
export async function lastSlots(
  queries: Queries,
  triggerIds: readonly string[],
): Promise<ReadonlyMap<string, StoredSlot>> {
  const rows = await queries.query(
    `select wanted.id as "triggerId", newest.* from unnest($1::uuid[]) as wanted (id) cross join lateral (
       select ${SLOT_COLUMNS} from ${SLOT_TABLES} where trigger_slot.trigger_id = wanted.id
       order by trigger_slot.id desc limit 1
     ) as newest`,
    [triggerIds],
  );
  const slots = rows as unknown as readonly (StoredSlot & { readonly triggerId: string })[];
  return new Map(slots.map(({ triggerId, ...slot }) => [triggerId, slot]));
}
