import type { Driver } from "../driver/driver.ts";
import { BACKFILL_COLUMNS, type StoredBackfill, toBackfills } from "./backfill-row.ts";

/** A backfill that is about to be made. */
export interface NewBackfill extends Pick<
  StoredBackfill,
  | "id"
  | "owner"
  | "triggerId"
  | "from"
  | "until"
  | "concurrency"
  | "path"
  | "kernelName"
  | "sourceHash"
  | "sweep"
  | "workflowId"
  | "workflowVersion"
  | "settings"
  | "priority"
  | "tags"
> {
  /** Its slots with their parameters, which are JSON, and of a workflow what starts it; oldest first. */
  readonly slots: readonly {
    readonly slot: Date;
    readonly parameters: string;
    readonly occasion: string | null;
  }[];
  readonly now: Date;
}

/** What {@link createBackfill} did. */
export type CreatedBackfill =
  | { readonly kind: "created"; readonly backfill: StoredBackfill }
  /** Another one that is not over has slots in the range; nothing was done. */
  | { readonly kind: "overlaps"; readonly id: string }
  /** There is no such trigger, or it was deleted. */
  | { readonly kind: "missing" };

/** Makes a backfill; its runs start with {@link advanceBackfill}. */
export async function createBackfill(driver: Driver, backfill: NewBackfill): Promise<CreatedBackfill> {
  const { id, triggerId, from, until, slots, now } = backfill;
  return driver.tx(async (queries): Promise<CreatedBackfill> => {
    // The trigger's row keeps two that come at once apart.
    const found = await queries.query(
      "select id from trigger where id = $1 and deleted_at is null for update",
      [triggerId],
    );
    if (found.length === 0) return { kind: "missing" };
    const [other] = await queries.query(
      `select id from backfill where trigger_id = $1 and finished_at is null
         and range_from < $3 and range_until > $2 limit 1`,
      [triggerId, from, until],
    );
    if (other !== undefined) return { kind: "overlaps", id: String(other["id"]) };
    const rows = await queries.query(
      `insert into backfill (id, owner, trigger_id, range_from, range_until, concurrency, path, kernel_name,
         source_hash, settings, priority, tags, created_at, workflow_id, workflow_version, sweep)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16) returning ${BACKFILL_COLUMNS}`,
      [
        id,
        backfill.owner,
        triggerId,
        from,
        until,
        backfill.concurrency,
        backfill.path,
        backfill.kernelName,
        backfill.sourceHash,
        JSON.stringify(backfill.settings),
        backfill.priority,
        backfill.tags,
        now,
        backfill.workflowId,
        backfill.workflowVersion,
        backfill.sweep,
      ],
    );
    await queries.query(
      `insert into backfill_slot (backfill_id, slot, state, parameters, occasion)
       select $1::uuid, slot, 'waiting', parameters, occasion
       from unnest($2::timestamptz[], $3::text[], $4::text[]) as given (slot, parameters, occasion)`,
      [
        id,
        slots.map(({ slot }) => slot.toISOString()),
        slots.map(({ parameters }) => parameters),
        slots.map(({ occasion }) => occasion),
      ],
    );
    const [created] = toBackfills(rows);
    if (created === undefined) throw new Error(`the backfill "${id}" was not kept`);
    return { kind: "created", backfill: created };
  });
}
