import { compareCodePoints } from "@notemill/json";
import { type ListEntry, type ListPage, type Store, StorageError, storePath } from "@notemill/storage";
import { type Driver, listRecords, recordFiles, runIdsAfter, type StoredRecord } from "@notemill/store";
import { MANIFEST_NAME } from "../records/record-form.ts";

/** A file of a record as a file of the virtual file system. */
interface RecordEntry {
  /** Below the directory of the attempt. */
  readonly name: string;
  /** Path in the store of records. */
  readonly stored: string;
  readonly modifiedAt: Date;
}

/**
 * The records of runs as files that nobody changes: `RUN/ATTEMPT/output.ipynb`.
 *
 * Runs are listed in the order of their ids, which is that of time. All files of all
 * runs at once are not listed.
 *
 * @param writePending - Writes what the records of ended attempts still lack, so that a run that was seen to end has
 *   its record here.
 */
export function createRunsView(driver: Driver, records: Store, writePending: () => Promise<void>): Store {
  const entriesOf = async (runId: string): Promise<readonly RecordEntry[]> => {
    if (!UUID.test(runId)) return [];
    const found = await recordsOf(driver, runId);
    if (!found.some(isUnwritten)) return recordEntries(driver, found);
    await writePending();
    return recordEntries(driver, await recordsOf(driver, runId));
  };
  const find = async (path: string): Promise<RecordEntry | null> => {
    const { runId, rest } = splitPath(storePath(path));
    return (await entriesOf(runId)).find(({ name }) => name === rest) ?? null;
  };
  return {
    describe: () => records.describe(),
    async stat(path) {
      const entry = await find(path);
      const info = entry === null ? null : await records.stat(entry.stored);
      return info && { ...info, path: storePath(path) };
    },
    async read(path, options) {
      const entry = await find(path);
      if (entry !== null) return { ...(await records.read(entry.stored, options)), path: storePath(path) };
      throw new StorageError("STORAGE_NOT_FOUND", `there is no record file "${path}"`, { details: { path } });
    },
    async list(directory, { recursive = false, limit = 1000, cursor, match } = {}) {
      if (directory === "") {
        if (recursive) throw readOnly("", "all runs at once are too many");
        const ids = await listRunIds(driver, { limit, after: cursor ?? null });
        return { ...ids, entries: ids.entries.filter(({ path }) => match?.(path) !== false) };
      }
      const { runId, rest } = splitPath(storePath(directory));
      const files = await Promise.all(
        (await entriesOf(runId))
          .filter(({ name }) => rest === "" || name.startsWith(`${rest}/`))
          .map(async ({ name, stored, modifiedAt }) => {
            const size = (await records.stat(stored))?.size ?? 0;
            return { kind: "file", path: `${runId}/${name}`, size, modifiedAt } as const;
          }),
      );
      const entries = recursive ? files : children(files, `${storePath(directory)}/`);
      const wanted = entries.filter(({ path }) => match?.(path.slice(path.lastIndexOf("/") + 1)) !== false);
      return page(wanted, { limit, cursor });
    },
    async hasDirectory(path) {
      const { runId, rest } = splitPath(storePath(path));
      return (await entriesOf(runId)).some(({ name }) => rest === "" || name.startsWith(`${rest}/`));
    },
    write: async (path) => refuse(path),
    copy: async (_from, to) => refuse(to),
    delete: async (path) => refuse(path),
    makeDirectory: async (path) => refuse(path),
    removeDirectory: async (path) => refuse(path),
  };
}

const recordsOf = (driver: Driver, runId: string): Promise<readonly StoredRecord[]> =>
  listRecords(driver, { after: 0, limit: 1000, runId });

const isUnwritten = ({ isPending, tombstone }: StoredRecord): boolean => isPending && tombstone === null;

async function recordEntries(
  driver: Driver,
  recordsFound: readonly StoredRecord[],
): Promise<readonly RecordEntry[]> {
  const entries: RecordEntry[] = [];
  for (const record of recordsFound) {
    if (record.isPending || record.tombstone !== null) continue;
    const files = [...(await recordFiles(driver, record.attemptId)).map(({ name }) => name), MANIFEST_NAME];
    for (const name of files)
      entries.push({
        name: `${record.attempt}/${name}`,
        stored: `${record.directory}/${name}`,
        modifiedAt: record.createdAt,
      });
  }
  return entries;
}

async function listRunIds(
  driver: Driver,
  { limit, after }: { readonly limit: number; readonly after: string | null },
): Promise<ListPage> {
  const ids = await runIdsAfter(driver, {
    after: after !== null && UUID.test(after) ? after : null,
    limit: limit + 1,
  });
  const entries = ids.slice(0, limit).map((path) => ({ kind: "directory", path }) as const);
  const last = entries.at(-1)?.path;
  return ids.length > limit && last !== undefined ? { entries, next: last } : { entries };
}

/** What is right in a directory, of files at any depth. */
function children(files: readonly ListEntry[], prefix: string): readonly ListEntry[] {
  const found = new Map<string, ListEntry>();
  for (const file of files) {
    const slash = file.path.indexOf("/", prefix.length);
    if (slash < 0) found.set(file.path, file);
    else found.set(`${file.path.slice(0, slash)}/`, { kind: "directory", path: file.path.slice(0, slash) });
  }
  return [...found.values()];
}

function page(
  entries: readonly ListEntry[],
  { limit, cursor }: { readonly limit: number; readonly cursor: string | undefined },
): ListPage {
  const rest = entries
    .toSorted((a, b) => compareCodePoints(a.path, b.path))
    .filter(({ path }) => compareCodePoints(path, cursor ?? "") > 0);
  const shown = rest.slice(0, limit);
  const last = shown.at(-1)?.path;
  return rest.length > limit && last !== undefined ? { entries: shown, next: last } : { entries: shown };
}

function splitPath(path: string): { readonly runId: string; readonly rest: string } {
  const slash = path.indexOf("/");
  return slash < 0 ? { runId: path, rest: "" } : { runId: path.slice(0, slash), rest: path.slice(slash + 1) };
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

function refuse(path: string): never {
  throw readOnly(path, "records are not changed");
}

function readOnly(path: string, why: string): StorageError {
  return new StorageError("STORAGE_UNSUPPORTED", `cannot do this with "${path}": ${why}`, {
    details: { path },
  });
}
