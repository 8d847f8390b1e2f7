import { isCodedError } from "@notemill/errors";
import { isJsonObject } from "@notemill/json";
import type { Store } from "@notemill/storage";
import { getRun, listRecords, type Queries, type StoredRecord } from "@notemill/store";
import { archiveInvalid } from "../archive/archive-form.ts";
import { makeUnpackedDirectory } from "../archive/unpacked-directory.ts";
import { unpackArchive } from "../archive/unpack-archive.ts";
import { TOMBSTONE_NAME } from "../bury-records.ts";
import { hashOf } from "../hash-of.ts";
import { MANIFEST_NAME } from "../record-form.ts";
import { findRecords, type FoundRecord, readManifestOf, type RecordDamage } from "./find-records.ts";
import { type History, type ImportOptions, type ImportOutcome, withHistory } from "./import-records.ts";
import { takeIn } from "./take-in.ts";

/** Options of {@link importArchive}. */
export interface ImportArchiveOptions extends ImportOptions {
  /** The archive, as `notemill runs export --archive` makes it. Read once, as a stream. */
  readonly bytes: AsyncIterable<Uint8Array>;
}

/**
 * Takes the records of a run back in from an archive: their files into the data directory,
 * and what the database does not have of them into it.
 *
 * The archive is unpacked beside the records first. Every file is compared with its manifest,
 * every manifest with the archive's list, and the places in the chain with those of the
 * database; nothing is written when something is wrong. A run that the database has is not
 * changed by records that it does not know. A gap in the chain, which an archive
 * cannot close, counts as damage that may be accepted, as does a list of a sweep's runs that cannot be read.
 *
 * The database has all of the records or none: an import that is cut off leaves files at most, which the
 * next one finds.
 *
 * @throws {@link ServerError} `ARCHIVE_INVALID`, and as the database and the store do.
 */
export async function importArchive(options: ImportArchiveOptions): Promise<ImportOutcome> {
  await using unpacked = await makeUnpackedDirectory(options.dataDirectory);
  const { staging } = unpacked;
  const found = await findArchived(options.bytes, staging);
  return await withHistory(options, {
    read: ({ records }) => compareFiles(records, staging, found.found.paths),
    importInto: (history, files) => importFound({ ...history, staging, files, ...found }, options),
  });
}

interface Found {
  readonly records: readonly FoundRecord[];
  readonly paths: readonly string[];
}

/** Unpacks an archive and compares it with itself. @throws {@link ServerError} `ARCHIVE_INVALID`. */
async function findArchived(bytes: AsyncIterable<Uint8Array>, staging: Store): Promise<{ found: Found }> {
  const unpacked = await unpackArchive(bytes, staging);
  const { records, damage } = await findRecords(staging);
  const [first] = damage;
  if (first !== undefined) throw archiveInvalid(`${first.path} ${first.message}`);
  const places = (of: readonly Pick<FoundRecord, "seq" | "sha256" | "directory">[]): string =>
    JSON.stringify(of.map(({ seq, sha256, directory }) => [seq, sha256, directory]));
  if (records.length === 0 || places(records) !== places(unpacked.records))
    throw archiveInvalid("its records are not those that it lists");
  const listed = new Set<string>();
  for (const record of records) for (const path of await pathsOf(staging, record)) listed.add(path);
  const stray = unpacked.paths.find((path) => !listed.has(path));
  if (stray !== undefined) throw archiveInvalid(`"${stray}" is not part of its record`);
  return { found: { records, paths: unpacked.paths } };
}

/** The files that a record says it has, itself among them. */
async function pathsOf(staging: Store, { directory, isPruned }: FoundRecord): Promise<readonly string[]> {
  if (isPruned) return [`${directory}/${TOMBSTONE_NAME}`];
  const manifest = `${directory}/${MANIFEST_NAME}`;
  const { files } = await readManifestOf(staging, directory);
  const names = Array.isArray(files) ? files.filter(isJsonObject).map(({ name }) => String(name)) : [];
  return [manifest, ...names.map((name) => `${directory}/${name}`)];
}

async function importFound(
  place: History & { readonly staging: Store; readonly found: Found; readonly files: ComparedFiles },
  { acceptDamage = false, mostEventBytes }: ImportOptions,
): Promise<ImportOutcome> {
  const { queries, records, undo, staging, found, files } = place;
  const count = found.records.length;
  const strangers: RecordDamage[] = [];
  const gaps: RecordDamage[] = [];
  for (const record of found.records) {
    const compared = await compareWithChain(queries, record, found.records);
    strangers.push(...compared.strangers);
    gaps.push(...compared.gaps);
  }
  strangers.push(...files.others.map(otherBytes));
  // What another import has brought meanwhile, which is seldom anything.
  for (const path of files.missing)
    if (await isOther(records, staging, path)) strangers.push(otherBytes(path));
  const damage = [...strangers, ...gaps];
  const nothing = { found: count, imported: 0, damage, unlinked: [] };
  if (strangers.length > 0 || (gaps.length > 0 && !acceptDamage)) return nothing;
  const { leftOut, lacking, ...taken } = await takeIn(queries, staging, found.records, mostEventBytes);
  damage.push(...leftOut, ...lacking);
  if (leftOut.length > 0 || (lacking.length > 0 && !acceptDamage)) {
    await undo();
    return nothing;
  }
  for (const path of found.paths) await putBack(records, staging, path);
  return { found: count, ...taken, damage };
}

/** Compares the place of a record with those that the database has there, before it and behind it. */
async function compareWithChain(
  queries: Queries,
  { seq, sha256, previousSha256, directory, isPruned }: FoundRecord,
  archived: readonly FoundRecord[],
): Promise<{ readonly strangers: readonly RecordDamage[]; readonly gaps: readonly RecordDamage[] }> {
  const near = await listRecords(queries, { after: seq - 2, limit: 3 });
  const at = (place: number): StoredRecord | undefined => near.find((it) => it.seq === place);
  const before = at(seq - 1)?.sha256 ?? archived.find((it) => it.seq === seq - 1)?.sha256;
  const strangers: RecordDamage[] = [];
  const say = (message: string): number => strangers.push({ path: directory, message });
  const same = at(seq);
  if (same !== undefined && same.sha256 !== sha256)
    say(`is record ${seq} of the chain, and the database has another one there: it is of another history`);
  else if (same !== undefined && same.tombstone !== null && !isPruned)
    say("was pruned here, and what was pruned stays so");
  if (before !== undefined && before !== previousSha256)
    say(`follows another record than the one that the database has at place ${seq - 1}`);
  if (same === undefined && (await getRun(queries, directory.split("/")[2] ?? "")) !== null)
    say("is of a run that the database has, which knows nothing of this record");
  if (same === undefined && (await isFarAhead(queries, seq)))
    say(`has the place ${seq} of the chain, more than ${MOST_AHEAD} behind the last one that is here`);
  const next = at(seq + 1);
  if (next !== undefined && next.previousSha256 !== sha256)
    say(`is not the one that record ${seq + 1} of the database follows`);
  const isFirst = seq === 1 && previousSha256 === null;
  if (same !== undefined || before !== undefined || isFirst) return { strangers, gaps: [] };
  return { strangers, gaps: [{ path: directory, message: `follows record ${seq - 1}, which is not here` }] };
}

/** A place far behind the end of the chain would leave few places for the records that come. */
const MOST_AHEAD = 1_000_000;

async function isFarAhead(queries: Queries, seq: number): Promise<boolean> {
  if (seq <= MOST_AHEAD) return false;
  return (await listRecords(queries, { after: seq - MOST_AHEAD - 1, limit: 1 })).length === 0;
}

/** Which files of an archive are there with other bytes, and which are not there. */
interface ComparedFiles {
  readonly others: readonly string[];
  readonly missing: readonly string[];
}

async function compareFiles(
  records: Store,
  staging: Store,
  paths: readonly string[],
): Promise<ComparedFiles> {
  const others: string[] = [];
  const missing: string[] = [];
  for (const path of paths) {
    if ((await records.stat(path)) === null) missing.push(path);
    else if (await isOther(records, staging, path)) others.push(path);
  }
  return { others, missing };
}

function otherBytes(path: string): RecordDamage {
  return { path, message: "is here with other bytes than in the archive" };
}

/** Whether there is a file already that is not the archive's. */
async function isOther(records: Store, staging: Store, path: string): Promise<boolean> {
  if ((await records.stat(path)) === null) return false;
  return (await hashOf(records, path)) !== (await hashOf(staging, path));
}

/** Puts a file where it belongs, unless it is there. */
async function putBack(records: Store, staging: Store, path: string): Promise<void> {
  const file = await staging.read(path);
  try {
    await records.write(path, file.bytes, { ifNoneMatch: "*" });
  } catch (error) {
    await file.close();
    if (!(isCodedError(error) && error.code === "STORAGE_CONFLICT")) throw error;
  }
}
