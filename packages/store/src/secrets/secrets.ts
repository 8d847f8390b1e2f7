import type { Driver, Queries } from "../driver/driver.ts";

/** A secret as the database has it. */
export interface StoredSecret {
  readonly owner: string;
  readonly name: string;
  /** Which key sealed it. */
  readonly keyId: string;
  readonly sealed: string;
  /** Virtual paths of notebooks; one that ends in `/**` stands for all below. */
  readonly grants: readonly string[];
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

const COLUMNS = `owner, name, key_id as "keyId", sealed, grants, created_at as "createdAt", updated_at as "updatedAt"`;

/** Keeps a secret, in place of one of its name. Grants that are left out stay as they are; a new one has none. */
export async function putSecret(
  queries: Queries,
  secret: {
    readonly id: string;
    readonly owner: string;
    readonly name: string;
    readonly keyId: string;
    readonly sealed: string;
    readonly grants?: readonly string[] | undefined;
    readonly now: Date;
  },
): Promise<StoredSecret> {
  const { id, owner, name, keyId, sealed, grants, now } = secret;
  const rows = await queries.query(
    `insert into secret (id, owner, name, key_id, sealed, grants, created_at, updated_at)
     values ($1, $2, $3, $4, $5, coalesce($6::text[], '{}'), $7, $7)
     on conflict (owner, name) do update set key_id = excluded.key_id, sealed = excluded.sealed,
       grants = coalesce($6::text[], secret.grants), updated_at = excluded.updated_at
     returning ${COLUMNS}`,
    [id, owner, name, keyId, sealed, grants === undefined ? null : [...grants], now],
  );
  return (rows as unknown as readonly [StoredSecret])[0];
}

/** One page of secrets in the order of their names, behind `after`. */
export async function listSecrets(
  queries: Queries,
  { owner, after, limit }: { readonly owner: string; readonly after: string; readonly limit: number },
): Promise<readonly StoredSecret[]> {
  const rows = await queries.query(
    `select ${COLUMNS} from secret where owner = $1 and name > $2 order by name limit $3`,
    [owner, after, limit],
  );
  return rows as unknown as readonly StoredSecret[];
}

/** The secrets of these names that there are. */
export async function findSecrets(
  queries: Queries,
  owner: string,
  names: readonly string[],
): Promise<readonly StoredSecret[]> {
  if (names.length === 0) return [];
  const rows = await queries.query(
    `select ${COLUMNS} from secret where owner = $1 and name = any($2::text[]) order by name`,
    [owner, names],
  );
  return rows as unknown as readonly StoredSecret[];
}

/** Says who may use a secret. @returns The secret, or null where there is none. */
export async function grantSecret(
  queries: Queries,
  secret: {
    readonly owner: string;
    readonly name: string;
    readonly grants: readonly string[];
    readonly now: Date;
  },
): Promise<StoredSecret | null> {
  const rows = await queries.query(
    `update secret set grants = $3, updated_at = $4 where owner = $1 and name = $2 returning ${COLUMNS}`,
    [secret.owner, secret.name, secret.grants, secret.now],
  );
  return (rows as unknown as readonly StoredSecret[])[0] ?? null;
}

/** @returns Whether there was one. */
export async function deleteSecret(queries: Queries, owner: string, name: string): Promise<boolean> {
  const rows = await queries.query("delete from secret where owner = $1 and name = $2 returning id", [
    owner,
    name,
  ]);
  return rows.length > 0;
}

/**
 * Seals every secret anew that another key than `keyId` has sealed, within {@link withSecretKeys}.
 *
 * @param seal - Pure, but for randomness.
 * @returns How many there were.
 */
export async function resealSecrets(
  queries: Queries,
  keyId: string,
  seal: (secret: StoredSecret) => string,
): Promise<number> {
  const rows = await queries.query(`select ${COLUMNS} from secret where key_id <> $1 for update`, [keyId]);
  for (const secret of rows as unknown as readonly StoredSecret[]) {
    await queries.query("update secret set key_id = $3, sealed = $4 where owner = $1 and name = $2", [
      secret.owner,
      secret.name,
      keyId,
      seal(secret),
    ]);
  }
  return rows.length;
}

/**
 * Seals something, or changes the keys, in a transaction while nobody else does either, on any server: what was
 * sealed by a key that goes a moment later could never be opened again.
 */
export async function withSecretKeys<T>(driver: Driver, body: (queries: Queries) => Promise<T>): Promise<T> {
  return driver.tx(async (queries) => {
    await queries.query("select pg_advisory_xact_lock(hashtext('notemill secret keys'))");
    return body(queries);
  });
}
