import type { Queries } from "../driver/driver.ts";

/** Ends a sign-in for good, once or again, and forgets those that would be over anyway. */
export async function noteSignOut(
  queries: Queries,
  { id, expiresAt, now }: { readonly id: string; readonly expiresAt: Date; readonly now: Date },
): Promise<void> {
  await queries.query("delete from sign_out where expires_at < $1", [now]);
  await queries.query("insert into sign_out (id, expires_at) values ($1, $2) on conflict (id) do nothing", [
    id,
    expiresAt,
  ]);
}

/** Whether a sign-in was ended. */
export async function isSignedOut(queries: Queries, id: string): Promise<boolean> {
  return (await queries.query("select id from sign_out where id = $1", [id])).length > 0;
}
