import type { Queries } from "../driver/driver.ts";

/** A token with a name. */
export interface StoredToken {
  readonly id: string;
  readonly owner: string;
  readonly name: string;
  readonly scope: "full" | "submit" | "read" | "runner";
  readonly createdAt: Date;
  readonly expiresAt: Date | null;
  readonly lastUsedAt: Date | null;
}

const COLUMNS = `id, owner, name, scope, created_at as "createdAt", expires_at as "expiresAt", last_used_at as "lastUsedAt"`;

/** Keeps a new token. @returns Null where the owner has one of its name. */
export async function createToken(
  queries: Queries,
  token: Pick<StoredToken, "id" | "owner" | "name" | "scope" | "expiresAt"> & {
    readonly sha256: string;
    readonly now: Date;
  },
): Promise<StoredToken | null> {
  const { id, owner, name, sha256, scope, expiresAt, now } = token;
  const rows = await queries.query(
    `insert into access_token (id, owner, name, sha256, scope, created_at, expires_at)
     values ($1, $2, $3, $4, $5, $6, $7) on conflict (owner, name) do nothing returning ${COLUMNS}`,
    [id, owner, name, sha256, scope, now, expiresAt],
  );
  return (rows as unknown as readonly StoredToken[])[0] ?? null;
}

/** One page of tokens in the order of their names, behind `after`. */
export async function listTokens(
  queries: Queries,
  { owner, after, limit }: { readonly owner: string; readonly after: string; readonly limit: number },
): Promise<readonly StoredToken[]> {
  const rows = await queries.query(
    `select ${COLUMNS} from access_token where owner = $1 and name > $2 order by name limit $3`,
    [owner, after, limit],
  );
  return rows as unknown as readonly StoredToken[];
}

/** The token with this hash or id, as long as it is good. */
export async function findToken(
  queries: Queries,
  wanted: { readonly sha256: string } | { readonly id: string },
  now: Date,
): Promise<StoredToken | null> {
  const [column, value] = "id" in wanted ? ["id", wanted.id] : ["sha256", wanted.sha256];
  const rows = await queries.query(
    `select ${COLUMNS} from access_token where ${column} = $1 and (expires_at is null or expires_at > $2)`,
    [value, now],
  );
  return (rows as unknown as readonly StoredToken[])[0] ?? null;
}

/** Revokes a token. @returns Its name, or null where there is none. */
export async function deleteToken(queries: Queries, owner: string, id: string): Promise<string | null> {
  const rows = await queries.query("delete from access_token where owner = $1 and id = $2 returning name", [
    owner,
    id,
  ]);
  return (rows as unknown as readonly { readonly name: string }[])[0]?.name ?? null;
}
