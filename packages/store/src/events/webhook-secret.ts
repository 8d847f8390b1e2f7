import type { Queries } from "../driver/driver.ts";

/** Gives the webhook of a trigger another secret; the one before is good for nothing any more. */
export async function setWebhookSecret(
  queries: Queries,
  triggerId: string,
  { secret, now }: { readonly secret: string; readonly now: Date },
): Promise<void> {
  await queries.query(
    `insert into trigger_webhook (trigger_id, secret, created_at) values ($1, $2, $3)
     on conflict (trigger_id) do update set secret = $2, created_at = $3`,
    [triggerId, secret, now],
  );
}

/** The secret of the webhook of a trigger that is not deleted; null where there is none. */
export async function readWebhookSecret(queries: Queries, triggerId: string): Promise<string | null> {
  const [row] = await queries.query(
    `select secret from trigger_webhook join trigger on trigger.id = trigger_id
     where trigger_id = $1 and deleted_at is null`,
    [triggerId],
  );
  return row === undefined ? null : String(row["secret"]);
}
