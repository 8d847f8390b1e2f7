import type { FileTrigger } from "@notemill/schedules";
import type { Driver, Queries } from "../driver/driver.ts";
import { type StoredTrigger, toTriggers, TRIGGER_COLUMNS } from "../triggers/trigger-row.ts";
import { addEventSlotIn } from "./add-event-slot.ts";

/** A file that somebody has seen. */
export interface SeenFile {
  /** Virtual. */
  readonly path: string;
  /** Changes when the file does. */
  readonly version: string;
}

/** A file of which a trigger makes a slot, and what the slot says, as JSON. */
export interface FileEvent extends SeenFile {
  readonly body: string;
}

/** Begins to wait for files: those that are there already are none that appear. */
export async function startWatch(
  queries: Queries,
  triggerId: string,
  { now, filesThere }: { readonly now: Date; readonly filesThere: readonly SeenFile[] },
): Promise<void> {
  await queries.query("insert into trigger_watch (trigger_id, look_at) values ($1, $2)", [triggerId, now]);
  await queries.query("delete from trigger_file where trigger_id = $1", [triggerId]);
  await insertFiles(queries, triggerId, { now, files: filesThere, isDone: true });
}

/** The triggers whose files are to be looked at now. Each is given to one server, which looks until the next time. */
export async function dueWatches(driver: Driver, now: Date): Promise<readonly StoredTrigger[]> {
  return driver.tx(async (queries) => {
    const triggers = toTriggers(
      await queries.query(
        // One by one: of a join the planner makes a scan of all triggers.
        `select ${TRIGGER_COLUMNS} from trigger_watch cross join lateral (
           select * from trigger where trigger.id = trigger_id and deleted_at is null and paused_at is null limit 1
         ) as trigger
         where look_at <= $1 order by look_at limit 100 for update of trigger_watch skip locked`,
        [now],
      ),
    );
    for (const { id, spec } of triggers) {
      await queries.query("update trigger_watch set look_at = $2 where trigger_id = $1", [
        id,
        new Date(now.getTime() + (spec as FileTrigger).everyMs),
      ]);
    }
    return triggers;
  });
}

/**
 * Notes which files a trigger's pattern names now, and makes slots of those that have
 * stayed the same for long enough. A version of a file has one slot, however often it is seen.
 *
 * @returns How many slots were made.
 */
export async function noteFiles(
  driver: Driver,
  { id, version, spec }: Pick<StoredTrigger, "id" | "version" | "spec">,
  {
    files,
    now,
    newId,
  }: { readonly files: readonly FileEvent[]; readonly now: Date; readonly newId: () => string },
): Promise<number> {
  const settledBefore = new Date(now.getTime() - (spec as FileTrigger).settleMs);
  return driver.tx(async (queries) => {
    // Who looked for another version of the trigger has looked for something else.
    const current = await queries.query(
      `select id from trigger where id = $1 and version = $2 and deleted_at is null and paused_at is null for update`,
      [id, version],
    );
    if (current.length === 0) return 0;
    await insertFiles(queries, id, { now, files, isDone: false });
    await queries.query("delete from trigger_file where trigger_id = $1 and not (path = any($2::text[]))", [
      id,
      files.map(({ path }) => path),
    ]);
    const settled = await queries.query(
      `update trigger_file set is_done = true where trigger_id = $1 and not is_done and seen_at <= $2
       returning path, version`,
      [id, settledBefore],
    );
    const bodies = new Map(files.map(({ path, body }) => [path, body]));
    let count = 0;
    for (const { path, version: seen } of settled) {
      const added = await addEventSlotIn(queries, {
        id: newId(),
        triggerId: id,
        slot: now,
        key: `file:${String(path)}@${String(seen)}`,
        body: bodies.get(String(path)) ?? "null",
        now,
      });
      if (added.kind === "added") count += 1;
      // When there is room again.
      if (added.kind === "full") {
        await queries.query("update trigger_file set is_done = false where trigger_id = $1 and path = $2", [
          id,
          String(path),
        ]);
      }
    }
    return count;
  });
}

/** Notes files; one of another version than before counts as new. */
async function insertFiles(
  queries: Queries,
  triggerId: string,
  {
    now,
    files,
    isDone,
  }: { readonly now: Date; readonly files: readonly SeenFile[]; readonly isDone: boolean },
): Promise<void> {
  if (files.length === 0) return;
  await queries.query(
    `insert into trigger_file (trigger_id, path, version, seen_at, is_done)
     select $1::uuid, path, version, $2::timestamptz, $3::boolean
     from unnest($4::text[], $5::text[]) as given (path, version)
     on conflict (trigger_id, path) do update set version = excluded.version, seen_at = excluded.seen_at,
       is_done = excluded.is_done where trigger_file.version <> excluded.version`,
    [triggerId, now, isDone, files.map(({ path }) => path), files.map(({ version }) => version)],
  );
}
