import type { Queries } from "../driver/driver.ts";

/** A link that shows one thing to whoever has it. */
export interface StoredLink {
  readonly id: string;
  readonly owner: string;
  readonly kind: "file" | "directory" | "run" | "latest";
  /** Canonical; null for a run. */
  readonly path: string | null;
  readonly runId: string | null;
  /** Whether the code of a notebook is shown. */
  readonly code: "show" | "omit";
  readonly note: string;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly lastUsedAt: Date | null;
}

const COLUMNS = `id, owner, kind, path, run_id as "runId", code, note, created_at as "createdAt", expires_at as "expiresAt", last_used_at as "lastUsedAt"`;

/** Keeps a new link. */
export async function createLink(
  queries: Queries,
  link: Omit<StoredLink, "createdAt" | "lastUsedAt"> & { readonly sha256: string; readonly now: Date },
): Promise<StoredLink> {
  const { id, owner, sha256, kind, path, runId, code, note, now, expiresAt } = link;
  const rows = await queries.query(
    `insert into share_link (id, owner, sha256, kind, path, run_id, code, note, created_at, expires_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) returning ${COLUMNS}`,
    [id, owner, sha256, kind, path, runId, code, note, now, expiresAt],
  );
  return (rows as unknown as readonly [StoredLink])[0];
}

/** One page of links, newest first, over or not. */
export async function listLinks(
  queries: Queries,
  {
    owner,
    before,
    limit,
  }: { readonly owner: string; readonly before: string | null; readonly limit: number },
): Promise<readonly StoredLink[]> {
  const rows = await queries.query(
    `select ${COLUMNS} from share_link where owner = $1 and ($2::uuid is null or id < $2) order by id desc limit $3`,
    [owner, before, limit],
  );
  return rows as unknown as readonly StoredLink[];
}

/** The link with this hash or id, as long as it is good. */
export async function findLink(
  queries: Queries,
  wanted: { readonly sha256: string } | { readonly id: string },
  now: Date,
): Promise<StoredLink | null> {
  const [column, value] = "id" in wanted ? ["id", wanted.id] : ["sha256", wanted.sha256];
  const rows = await queries.query(
    `select ${COLUMNS} from share_link where ${column} = $1 and expires_at > $2`,
    [value, now],
  );
  return (rows as unknown as readonly StoredLink[])[0] ?? null;
}

/** Revokes a link. @returns Whether there was one. */
export async function deleteLink(queries: Queries, owner: string, id: string): Promise<boolean> {
  const rows = await queries.query("delete from share_link where owner = $1 and id = $2 returning id", [
    owner,
    id,
  ]);
  return rows.length > 0;
}
