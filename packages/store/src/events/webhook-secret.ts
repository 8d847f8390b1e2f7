import type { Queries } from "../driver/driver.ts";

/** The secret of a webhook as the database has it. */
export interface StoredWebhook {
  readonly triggerId: string;
  readonly owner: string;
  /** Which key has sealed it. */
  readonly keyId: string;
  readonly sealed: string;
}

/** One from a time when they were not sealed. */
export interface PlainWebhook extends Pick<StoredWebhook, "triggerId" | "owner"> {
  readonly secret: string;
}

/** Gives the webhook of a trigger another secret, sealed; the one before is good for nothing any more. */
export async function setWebhookSecret(
  queries: Queries,
  { triggerId, keyId, sealed }: Pick<StoredWebhook, "triggerId" | "keyId" | "sealed">,
  now: Date,
): Promise<void> {
  await queries.query(
    `insert into trigger_webhook (trigger_id, key_id, sealed, created_at) values ($1, $2, $3, $4)
     on conflict (trigger_id) do update set secret = null, key_id = $2, sealed = $3, created_at = $4`,
    [triggerId, keyId, sealed, now],
  );
}

const COLUMNS = `trigger_webhook.trigger_id as "triggerId", trigger.owner, trigger_webhook.key_id as "keyId",
  trigger_webhook.sealed, trigger_webhook.secret`;

/** The secret of the webhook of a trigger that is not deleted; null where there is none. */
export async function readWebhookSecret(
  queries: Queries,
  triggerId: string,
): Promise<StoredWebhook | PlainWebhook | null> {
  const [row] = await queries.query(
    `select ${COLUMNS} from trigger_webhook join trigger on trigger.id = trigger_id
     where trigger_id = $1 and deleted_at is null`,
    [triggerId],
  );
  return row === undefined ? null : (row as unknown as StoredWebhook | PlainWebhook);
}

/** Whether the secret of a webhook is plain yet. */
export function isPlainWebhook(webhook: StoredWebhook | PlainWebhook): webhook is PlainWebhook {
  return "secret" in webhook && webhook.secret !== null;
}

/** Which webhooks are sealed anew: those that are plain, or those that the key of this id has not sealed. */
export type UnsealedWebhooks =
  | { readonly kind: "plain" }
  | { readonly kind: "not-by"; readonly keyId: string };

/**
 * Seals the secrets of webhooks, within `withSecretKeys`.
 *
 * @param options.keyId - The key that seals.
 * @param options.seal - Pure, but for randomness.
 * @returns How many there were.
 */
export async function sealWebhooks(
  queries: Queries,
  which: UnsealedWebhooks,
  {
    keyId,
    seal,
  }: {
    readonly keyId: string;
    readonly seal: (webhook: StoredWebhook | PlainWebhook) => string;
  },
): Promise<number> {
  const [condition, values] =
    which.kind === "plain"
      ? ["secret is not null", []]
      : ["secret is not null or key_id <> $1", [which.keyId]];
  const rows = await queries.query(
    `select ${COLUMNS} from trigger_webhook cross join lateral (
       select owner from trigger where trigger.id = trigger_id limit 1
     ) as trigger where ${condition} order by trigger_id for update of trigger_webhook`,
    values,
  );
  for (const webhook of rows as unknown as readonly (StoredWebhook | PlainWebhook)[]) {
    await queries.query(
      "update trigger_webhook set secret = null, key_id = $2, sealed = $3 where trigger_id = $1",
      [webhook.triggerId, keyId, seal(webhook)],
    );
  }
  return rows.length;
}
