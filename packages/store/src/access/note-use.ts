import type { Queries } from "../driver/driver.ts";

/** How exact the time of the last use is, in milliseconds. */
const EXACT_MS = 60_000;

/** Notes that a token or a link was used, at most once a minute: a request that only reads is not to write. */
export async function noteUse(
  queries: Queries,
  table: "access_token" | "share_link",
  { id, lastUsedAt, now }: { readonly id: string; readonly lastUsedAt: Date | null; readonly now: Date },
): Promise<void> {
  if (lastUsedAt !== null && now.getTime() - lastUsedAt.getTime() < EXACT_MS) return;
  // Of several servers one writes.
  await queries.query(
    `update ${table} set last_used_at = $2 where id = $1 and (last_used_at is null or last_used_at <= $3)`,
    [id, now, new Date(now.getTime() - EXACT_MS)],
  );
}
