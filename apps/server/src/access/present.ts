import type { Link, Token } from "@notemill/api";
import type { StoredLink, StoredToken } from "@notemill/store";

/** A token as the API shows it. */
export function presentToken({ id, name, scope, createdAt, expiresAt, lastUsedAt }: StoredToken): Token {
  return {
    id,
    name,
    scope,
    created_at: createdAt.toISOString(),
    expires_at: expiresAt?.toISOString() ?? null,
    last_used_at: lastUsedAt?.toISOString() ?? null,
  };
}

/** A share link as the API shows it. */
export function presentLink(link: StoredLink): Link {
  return {
    id: link.id,
    kind: link.kind,
    path: link.path,
    run_id: link.runId,
    code: link.code,
    note: link.note,
    created_at: link.createdAt.toISOString(),
    expires_at: link.expiresAt.toISOString(),
    last_used_at: link.lastUsedAt?.toISOString() ?? null,
  };
}
