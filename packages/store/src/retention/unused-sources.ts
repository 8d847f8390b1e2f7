import type { Driver, Queries } from "../driver/driver.ts";

/** Where no run that is kept, no schedule, and no backfill under way has a source. Versions of workflows aside. */
const NO_ROW_HAS_SOURCE = `not exists (select from run where run.source_hash = source.hash and run.pruned_at is null)
   and not exists (select from trigger where trigger.source_hash = source.hash)
   and not exists (
     select from backfill where backfill.source_hash = source.hash and backfill.finished_at is null
   )`;

const PLANS = 100;

/** Those of some sources that nobody needs, and where to look on; null at the end. */
export interface UnusedSources {
  readonly hashes: readonly string[];
  readonly next: string | null;
}

/** Looks at some sources, by hash, for those that nothing that stays needs. */
export async function unusedSources(
  queries: Queries,
  { after, count }: { readonly after: string | null; readonly count: number },
): Promise<UnusedSources> {
  const rows = await queries.query(
    `with looked as (
       select hash from source where dropped_at is null and hash > $1 order by hash limit $2
     ) select source.hash, ${NO_ROW_HAS_SOURCE} as "isUnused" from looked join source using (hash) order by hash`,
    [after ?? "", count],
  );
  const candidates = rows.filter(({ isUnused }) => isUnused === true).map(({ hash }) => String(hash));
  return {
    hashes: await withoutPlanned(queries, candidates),
    next: rows.length < count ? null : String(rows.at(-1)?.["hash"]),
  };
}

/** Those that no version of a workflow has; each can be made active again. */
async function withoutPlanned(queries: Queries, hashes: readonly string[]): Promise<readonly string[]> {
  let left = [...hashes];
  for (let after: readonly [string, number] | null = null; left.length > 0;) {
    const rows = await queries.query(
      `select workflow_id as id, version, plan from workflow_version
       where $1::uuid is null or (workflow_id, version) > ($1, $2::int) order by workflow_id, version limit $3`,
      [after?.[0] ?? null, after?.[1] ?? 0, PLANS],
    );
    const planned = new Set(rows.flatMap(({ plan }) => String(plan).match(/[\w-]+/g) ?? []));
    left = left.filter((hash) => !planned.has(hash));
    const last = rows.at(-1);
    if (last === undefined || rows.length < PLANS) break;
    after = [String(last["id"]), Number(last["version"])];
  }
  return left;
}

/**
 * Works on the files of sources while nobody else does, on any server: a file that was about to go is either gone
 * or wanted again.
 */
export async function withSourceFiles<T>(driver: Driver, body: (queries: Queries) => Promise<T>): Promise<T> {
  return driver.tx(async (queries) => {
    await queries.query("select pg_advisory_xact_lock(hashtext('notemill source files'))");
    return body(queries);
  });
}

/** Whether nothing that stays needs a source, and its files are there. */
export async function isSourceUnused(queries: Queries, hash: string): Promise<boolean> {
  const rows = await queries.query(
    `select from source where hash = $1 and dropped_at is null and ${NO_ROW_HAS_SOURCE}`,
    [hash],
  );
  return rows.length > 0 && (await withoutPlanned(queries, [hash])).length > 0;
}

/** Notes that the files of a source are gone. */
export async function noteSourceDropped(queries: Queries, hash: string, now: Date): Promise<void> {
  await queries.query("update source set dropped_at = $2 where hash = $1", [hash, now]);
}

/** Notes that the files of a source are there; one that nobody knows yet needs no note. */
export async function noteSourceKept(queries: Queries, hash: string): Promise<void> {
  await queries.query("update source set dropped_at = null where hash = $1 and dropped_at is not null", [
    hash,
  ]);
}

/** Notes files of sources that may belong to none soon, by hash. */
export async function noteLooseFiles(queries: Queries, hashes: readonly string[]): Promise<void> {
  await queries.query("insert into source_file_loose select unnest($1::text[]) on conflict do nothing", [
    hashes,
  ]);
}

/** Some files of sources that may belong to none. */
export async function looseFiles(queries: Queries, limit: number): Promise<readonly string[]> {
  const rows = await queries.query("select sha256 from source_file_loose order by sha256 limit $1", [limit]);
  return rows.map(({ sha256 }) => String(sha256));
}

/** Notes that files are gone, or belong to a source. */
export async function settleLooseFiles(queries: Queries, hashes: readonly string[]): Promise<void> {
  await queries.query("delete from source_file_loose where sha256 = any($1)", [hashes]);
}
