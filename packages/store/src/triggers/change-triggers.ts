import { isCodedError } from "@notemill/errors";
import { type DeliveryRule, writeRules } from "../deliveries/rules.ts";
import type { Driver, SqlValue } from "../driver/driver.ts";
import { noteEventSpec } from "../events/note-event-spec.ts";
import type { SeenFile } from "../events/watch-files.ts";
import { nextFire } from "./next-fire.ts";
import { type StoredTrigger, toTriggers, TRIGGER_COLUMNS, type TriggerDefinition } from "./trigger-row.ts";

/** A trigger that is about to be made. */
export interface NewTrigger extends TriggerDefinition {
  /** A UUID of version 7. */
  readonly id: string;
  readonly owner: string;
  /** Its first slot is after this. */
  readonly now: Date;
  /** For one that waits for files: those that are there already. Default: none. */
  readonly filesThere?: readonly SeenFile[];
  /** Who is told what of its runs. Default: nobody. */
  readonly rules?: readonly DeliveryRule[];
}

/** What became of a change. */
export type TriggerChange =
  | { readonly kind: "changed"; readonly trigger: StoredTrigger }
  | { readonly kind: "missing" }
  /** Somebody else has changed it since it was read. */
  | { readonly kind: "changed-before" }
  | { readonly kind: "name-taken" };

/** Makes a trigger. @returns Null where the owner has another one of that name. */
export async function createTrigger(driver: Driver, trigger: NewTrigger): Promise<StoredTrigger | null> {
  const { id, owner, now, rules = [] } = trigger;
  return driver.tx(async (queries) => {
    const rows = await queries.query(
      `insert into trigger (${DEFINITION_COLUMNS}, id, owner, version, watermark, next_fire_at, created_at, updated_at)
     values (${placeholders(1, 16)}, $17, $18, 1, $19, $20, $19, $19)
     on conflict (owner, name) where deleted_at is null do nothing
     returning ${TRIGGER_COLUMNS}`,
      [...definitionValues(trigger), id, owner, now, nextFire(id, trigger, now)],
    );
    const [created] = toTriggers(rows);
    if (created === undefined) return null;
    await noteEventSpec(queries, created, { now, filesThere: trigger.filesThere ?? [] });
    if (rules.length > 0) await writeRules(queries, { triggerId: id }, { owner, rules });
    return created;
  });
}

/**
 * Gives a trigger another definition. With another spec it goes on from `now`:
 * what was missed under the old one is not made good.
 */
export async function updateTrigger(
  driver: Driver,
  before: StoredTrigger,
  definition: TriggerDefinition & Pick<NewTrigger, "filesThere">,
  now: Date,
): Promise<TriggerChange> {
  const { id, version } = before;
  const isSameTime = JSON.stringify(before.spec) === JSON.stringify(definition.spec);
  return driver
    .tx(async (queries): Promise<TriggerChange> => {
      const [current] = toTriggers(
        await queries.query(
          `select ${TRIGGER_COLUMNS} from trigger where id = $1 and deleted_at is null for update`,
          [id],
        ),
      );
      if (current === undefined) return { kind: "missing" };
      if (current.version !== version) return { kind: "changed-before" };
      const watermark = isSameTime ? current.watermark : now;
      const next = current.pausedAt === null ? nextFire(id, definition, watermark) : null;
      const rows = await queries.query(
        `update trigger set (${DEFINITION_COLUMNS}, watermark, next_fire_at, updated_at, version, stall) =
           (${placeholders(1, 16)}, $17, $18, $19, version + 1, null)
         where id = $20 returning ${TRIGGER_COLUMNS}`,
        [...definitionValues(definition), watermark, next, now, id],
      );
      const [updated] = toTriggers(rows);
      if (updated !== undefined && !isSameTime)
        await noteEventSpec(queries, updated, { now, filesThere: definition.filesThere ?? [] });
      return changed(rows);
    })
    .catch((error: unknown) => {
      if (isCodedError(error) && error.details["sqlState"] === "23505") return { kind: "name-taken" };
      throw error;
    });
}

/** Stops a trigger until it is resumed. What has started goes on; one that is paused stays as it is. */
export async function pauseTrigger(
  driver: Driver,
  id: string,
  { by, reason, now }: { readonly by: string; readonly reason: string | null; readonly now: Date },
): Promise<StoredTrigger | null> {
  const rows = await driver.query(
    `update trigger set paused_at = coalesce(paused_at, $2), paused_by = coalesce(paused_by, $3),
       paused_reason = case when paused_at is null then $4 else paused_reason end, next_fire_at = null, stall = null
     where id = $1 and deleted_at is null returning ${TRIGGER_COLUMNS}`,
    [id, now, by, reason],
  );
  return toTriggers(rows)[0] ?? null;
}

/** Lets a paused trigger go on from `now`: slots of the pause are not made good. */
export async function resumeTrigger(
  driver: Driver,
  id: string,
  now: Date,
  filesThere: readonly SeenFile[] = [],
): Promise<StoredTrigger | null> {
  return driver.tx(async (queries) => {
    const [trigger] = toTriggers(
      await queries.query(
        `select ${TRIGGER_COLUMNS} from trigger where id = $1 and deleted_at is null for update`,
        [id],
      ),
    );
    if (trigger === undefined || trigger.pausedAt === null) return trigger ?? null;
    await noteEventSpec(queries, trigger, { now, filesThere });
    const rows = await queries.query(
      `update trigger set paused_at = null, paused_by = null, paused_reason = null, watermark = $2,
         next_fire_at = case when exists (select 1 from trigger_slot where trigger_id = $1 and state = 'waiting')
           then $2 else $3::timestamptz end
       where id = $1 returning ${TRIGGER_COLUMNS}`,
      [id, now, nextFire(id, trigger, now)],
    );
    return toTriggers(rows)[0] ?? null;
  });
}

/** Ends a trigger. Its history stays. @returns Whether there was one. */
export async function deleteTrigger(driver: Driver, id: string, now: Date): Promise<boolean> {
  const rows = await driver.query(
    "update trigger set deleted_at = $2, next_fire_at = null where id = $1 and deleted_at is null returning id",
    [id, now],
  );
  return rows.length > 0;
}

const DEFINITION_COLUMNS = `name, path, kernel_name, parameters, files, spec, catch_up, concurrency,
  max_jitter_ms, grace_ms, source_hash, settings, priority, tags, workflow_id, sweep`;

function definitionValues(definition: TriggerDefinition): readonly SqlValue[] {
  return [
    definition.name,
    definition.path,
    definition.kernelName,
    definition.parameters,
    JSON.stringify(definition.files),
    JSON.stringify(definition.spec),
    JSON.stringify(definition.catchUp),
    JSON.stringify(definition.concurrency),
    definition.maxJitterMs,
    definition.graceMs,
    definition.sourceHash,
    JSON.stringify(definition.settings),
    definition.priority,
    definition.tags,
    definition.workflowId ?? null,
    definition.sweep ?? null,
  ];
}

function placeholders(first: number, last: number): string {
  return Array.from({ length: last - first + 1 }, (_, index) => `$${first + index}`).join(", ");
}

function changed(rows: Parameters<typeof toTriggers>[0]): TriggerChange {
  const [trigger] = toTriggers(rows);
  return trigger === undefined ? { kind: "missing" } : { kind: "changed", trigger };
}
