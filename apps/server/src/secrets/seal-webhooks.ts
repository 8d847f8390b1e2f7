import {
  isPlainWebhook,
  type PlainWebhook,
  type Queries,
  sealWebhooks as sealStored,
  type StoredWebhook,
} from "@notemill/store";
import { seal, type Subject, unseal } from "./seal.ts";
import type { SecretKey } from "./secret-keys.ts";

/** What the secret of a webhook is sealed as. No secret that a person names is called so. */
export function webhookSubject({ owner, triggerId }: Pick<StoredWebhook, "owner" | "triggerId">): Subject {
  return { owner, name: `webhook:${triggerId}` };
}

/** The secret of a webhook. @throws {@link ServerError} `SECRET_UNREADABLE`. */
export function openWebhook(webhook: StoredWebhook | PlainWebhook, keys: readonly SecretKey[]): string {
  if (isPlainWebhook(webhook)) return webhook.secret;
  return unseal({ ...webhook, ...webhookSubject(webhook) }, keys);
}

/** Seals the secrets of webhooks that are plain, as those from early versions are. @returns How many there were. */
export async function sealPlainWebhooks(
  queries: Queries,
  keys: readonly [SecretKey, ...SecretKey[]],
): Promise<number> {
  return sealStored(queries, { kind: "plain" }, sealedBy(keys));
}

/**
 * Seals with the first key the secrets of all webhooks that it has not sealed.
 *
 * @returns How many there were.
 * @throws {@link ServerError} `SECRET_UNREADABLE`; then none was.
 */
export async function resealWebhooks(
  queries: Queries,
  keys: readonly [SecretKey, ...SecretKey[]],
): Promise<number> {
  return sealStored(queries, { kind: "not-by", keyId: keys[0].id }, sealedBy(keys));
}

function sealedBy(keys: readonly [SecretKey, ...SecretKey[]]): Parameters<typeof sealStored>[2] {
  const [key] = keys;
  return {
    keyId: key.id,
    seal: (webhook) => seal(openWebhook(webhook, keys), webhookSubject(webhook), key),
  };
}
