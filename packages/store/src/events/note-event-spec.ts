import type { Queries } from "../driver/driver.ts";
import type { StoredTrigger } from "../triggers/trigger-row.ts";
import { type SeenFile, startWatch } from "./watch-files.ts";

/** Notes what a trigger of events waits for, from here on; nothing for one of instants. */
export async function noteEventSpec(
  queries: Queries,
  { id, spec }: Pick<StoredTrigger, "id" | "spec">,
  { now, filesThere }: { readonly now: Date; readonly filesThere: readonly SeenFile[] },
): Promise<void> {
  await queries.query("delete from trigger_follows where trigger_id = $1", [id]);
  await queries.query("delete from trigger_watch where trigger_id = $1", [id]);
  if (spec.kind !== "webhook") await queries.query("delete from trigger_webhook where trigger_id = $1", [id]);
  if (spec.kind === "after") {
    await queries.query("insert into trigger_follows (trigger_id, path, upstream_id) values ($1, $2, $3)", [
      id,
      spec.path,
      spec.triggerId,
    ]);
  }
  if (spec.kind === "file") await startWatch(queries, id, { now, filesThere });
}
