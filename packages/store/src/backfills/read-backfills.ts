import type { RunStatus } from "@notemill/schedules";
import type { Queries } from "../driver/driver.ts";
import { BACKFILL_COLUMNS, type BackfillSlot, type StoredBackfill, toBackfills } from "./backfill-row.ts";

/** A backfill as a whole. */
export interface BackfillDetail extends StoredBackfill {
  /** How many of its slots are where: the status of the run, or the slot's own state without one. */
  readonly counts: Readonly<Partial<Record<RunStatus | "waiting", number>>>;
}

/** One backfill with its counts; null where there is none. */
export async function getBackfill(queries: Queries, id: string): Promise<BackfillDetail | null> {
  const rows = await queries.query(`select ${BACKFILL_COLUMNS} from backfill where id = $1`, [id]);
  return (await withCounts(queries, toBackfills(rows)))[0] ?? null;
}

/** One page of the backfills of a trigger, newest first. */
export async function listBackfills(
  queries: Queries,
  triggerId: string,
  { before = null, limit }: { readonly before?: string | null; readonly limit: number },
): Promise<readonly BackfillDetail[]> {
  const rows = await queries.query(
    `select ${BACKFILL_COLUMNS} from backfill where trigger_id = $1 and ($2::uuid is null or id < $2)
     order by id desc limit $3`,
    [triggerId, before, limit],
  );
  return withCounts(queries, toBackfills(rows));
}

/** One page of the slots of a backfill behind `after`, oldest first. */
export async function listBackfillSlots(
  queries: Queries,
  id: string,
  { after = null, limit }: { readonly after?: Date | null; readonly limit: number },
): Promise<readonly BackfillSlot[]> {
  const rows = await queries.query(
    `select slot, backfill_slot.state, backfill_slot.parameters, run_id as "runId", backfill_slot.workflow_run_id as "workflowRunId",
       coalesce(run.status, workflow_run.status) as "runStatus"
     from backfill_slot left join run on run.id = run_id left join workflow_run on workflow_run.id = backfill_slot.workflow_run_id
     where backfill_id = $1 and ($2::timestamptz is null or slot > $2) order by slot limit $3`,
    [id, after, limit],
  );
  return rows as unknown as readonly BackfillSlot[];
}

/** The slots of a range for which a run of the trigger has succeeded, by its own slots, by hand or in a backfill. */
export async function succeededSlots(
  queries: Queries,
  triggerId: string,
  { from, until }: { readonly from: Date; readonly until: Date },
): Promise<readonly Date[]> {
  const rows = await queries.query(
    `with of_range as (
       select slot, run_id, workflow_run_id from trigger_slot where trigger_id = $1 and slot >= $2 and slot < $3
       union all
       select slot, run_id, workflow_run_id from backfill join backfill_slot on backfill_id = backfill.id
       where trigger_id = $1 and slot >= $2 and slot < $3
     )
     select distinct slot from of_range left join run on run.id = run_id
       left join workflow_run on workflow_run.id = of_range.workflow_run_id
     where coalesce(run.status, workflow_run.status) = 'succeeded' order by slot`,
    [triggerId, from, until],
  );
  return rows.map(({ slot }) => slot as Date);
}

async function withCounts(
  queries: Queries,
  backfills: readonly StoredBackfill[],
): Promise<readonly BackfillDetail[]> {
  const rows = await queries.query(
    `select backfill_id as id, coalesce(run.status, workflow_run.status, backfill_slot.state) as status,
       count(*)::int as count
     from backfill_slot left join run on run.id = run_id left join workflow_run on workflow_run.id = backfill_slot.workflow_run_id
     where backfill_id = any($1::uuid[]) group by 1, 2`,
    [backfills.map(({ id }) => id)],
  );
  return backfills.map((backfill) => {
    const counts = rows.filter(({ id }) => id === backfill.id);
    return {
      ...backfill,
      counts: Object.fromEntries(counts.map(({ status, count }) => [String(status), Number(count)])),
    };
  });
}
