import { constants } from "node:buffer";
import { isJsonObject, type JsonObject, type JsonValue, parseJson } from "@notemill/json";
import { listAll, readAll, type Store } from "@notemill/storage";
import { TOMBSTONE_NAME } from "../bury-records.ts";
import { hashOf } from "../hash-of.ts";
import { MANIFEST_NAME } from "../record-form.ts";
import { sha256Of } from "../write-once.ts";

/** A record that lies in the store, by its place in the chain. */
export interface FoundRecord {
  readonly seq: number;
  /** Hash of its manifest, which may be gone. */
  readonly sha256: string;
  /** Undefined where a tombstone of an early version does not say it. */
  readonly previousSha256: string | null | undefined;
  readonly directory: string;
  readonly isPruned: boolean;
}

/** What is wrong with a record. */
export interface RecordDamage {
  readonly path: string;
  readonly message: string;
}

/** What {@link findRecords} found. */
export interface FoundRecords {
  /** In the order of the chain. */
  readonly records: readonly FoundRecord[];
  readonly damage: readonly RecordDamage[];
}

/** Looks through a store of records: which there are, and whether their files are whole. */
export async function findRecords(store: Store): Promise<FoundRecords> {
  const damage: RecordDamage[] = [];
  const byDirectory = new Map<string, FoundRecord>();
  for await (const entry of listAll(store, "", { recursive: true })) {
    const { path } = entry;
    const [, directory = "", name = ""] = /^(\d{4}\/\d\d\/[^/]+\/\d+)\/([^/]+)$/.exec(path) ?? [];
    if (entry.kind !== "file" || (name !== MANIFEST_NAME && name !== TOMBSTONE_NAME)) continue;
    // A tombstone counts more than a manifest that was to be removed.
    if (name === MANIFEST_NAME && byDirectory.get(directory)?.isPruned === true) continue;
    try {
      const found = name === MANIFEST_NAME ? readManifest : readTombstone;
      if (entry.size > MOST_TEXT_BYTES)
        throw new Error(`it has ${entry.size} bytes, and at most ${MOST_TEXT_BYTES} are read`);
      const bytes = await readAll(store, path, { maxBytes: MOST_TEXT_BYTES });
      byDirectory.set(directory, found(bytes, directory));
    } catch (error) {
      damage.push({
        path,
        message: `cannot be read: ${error instanceof Error ? error.message : String(error)}`,
      });
    }
  }
  const records = [...byDirectory.values()].sort((a, b) => a.seq - b.seq);
  for (const record of records) if (!record.isPruned) damage.push(...(await fileDamage(store, record)));
  return { records, damage };
}

function readManifest(bytes: Uint8Array, directory: string): FoundRecord {
  const manifest = asObject(bytes);
  if (manifest["format"] !== "notemill.record/1") throw new Error("it is no manifest of a record");
  const { run, attempt } = manifest;
  checkFolder(directory, {
    runId: isJsonObject(run) ? run["id"] : undefined,
    attempt: isJsonObject(attempt) ? attempt["number"] : undefined,
  });
  return {
    seq: readSeq(manifest["seq"]),
    sha256: sha256Of(bytes),
    previousSha256: textOrNull(manifest["previous_sha256"]),
    directory,
    isPruned: false,
  };
}

function readTombstone(bytes: Uint8Array, directory: string): FoundRecord {
  const tombstone = asObject(bytes);
  if (tombstone["format"] !== "notemill.tombstone/1") throw new Error("it is no tombstone of a record");
  if (!isJsonObject(tombstone["run"]))
    throw new Error("it is of an early version, and does not say which run was there");
  checkFolder(directory, { runId: tombstone["run_id"], attempt: tombstone["attempt"] });
  return {
    seq: readSeq(tombstone["seq"]),
    sha256: String(tombstone["manifest_sha256"]),
    previousSha256: textOrNull(tombstone["previous_sha256"]),
    directory,
    isPruned: true,
  };
}

/** A record is of the attempt in whose folder it lies, and of no other. */
function checkFolder(
  directory: string,
  said: { readonly runId: JsonValue | undefined; readonly attempt: JsonValue | undefined },
): void {
  const place = `${String(said.runId)}/${Number(said.attempt)}`;
  if (!UUID.test(String(said.runId))) throw new Error(`"${String(said.runId)}" is no id of a run`);
  if (place !== directory.split("/").slice(2).join("/"))
    throw new Error(`it says that it is of "${place}", and lies in another folder`);
}

/** The form of ids. */
export const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The last place that a chain can have: the database counts a little further. */
const LAST_SEQ = 2_000_000_000;

function readSeq(value: JsonValue | undefined): number {
  const seq = Number(value);
  if (Number.isInteger(seq) && seq >= 1 && seq <= LAST_SEQ) return seq;
  throw new Error(`"${String(value)}" is no place in a chain`);
}

/** Where the chain of all records has gaps, or two records at one place. */
export function chainDamage(records: readonly FoundRecord[]): readonly RecordDamage[] {
  const damage: RecordDamage[] = [];
  let before: Pick<FoundRecord, "seq" | "sha256"> | null = null;
  for (const record of records) {
    const { seq, previousSha256, directory } = record;
    const expected: number = (before?.seq ?? 0) + 1;
    const path = `${directory}/${record.isPruned ? TOMBSTONE_NAME : MANIFEST_NAME}`;
    if (seq < expected)
      damage.push({ path, message: `has the place ${seq} of the chain, as another record has` });
    else if (seq > expected)
      damage.push({ path, message: `follows a gap: records ${expected} to ${seq - 1} are missing` });
    else if (previousSha256 !== (before?.sha256 ?? null))
      damage.push({ path, message: "does not follow the record before it" });
    before = record;
  }
  return damage;
}

async function fileDamage(store: Store, { directory }: FoundRecord): Promise<readonly RecordDamage[]> {
  const damage: RecordDamage[] = [];
  const { files } = await readManifestOf(store, directory);
  const said = Array.isArray(files) ? files.filter(isJsonObject) : [];
  const missing = new Map(said.map((file) => [`${directory}/${String(file["name"])}`, file]));
  for await (const entry of listAll(store, directory, { recursive: true })) {
    const file = missing.get(entry.path);
    if (file === undefined || entry.kind !== "file") continue;
    missing.delete(entry.path);
    const sha256 =
      entry.size === Number(file["size"]) ? await hashOf(store, entry.path).catch(() => null) : "";
    const problem = sha256 === null ? UNREADABLE : sha256 === file["sha256"] ? null : OTHER_BYTES;
    if (problem !== null) damage.push({ path: entry.path, message: problem });
  }
  for (const path of missing.keys()) damage.push({ path, message: UNREADABLE });
  return damage;
}

const UNREADABLE = "is missing or cannot be read";
const OTHER_BYTES = "has other bytes than the record says";

/** The most bytes of a manifest, a tombstone or the list of a sweep's runs: no server has a longer text to write. */
export const MOST_TEXT_BYTES = constants.MAX_STRING_LENGTH;

/** Reads the manifest in the folder of a record. @throws What cannot be read. */
export async function readManifestOf(store: Store, directory: string): Promise<JsonObject> {
  return asObject(await readAll(store, `${directory}/${MANIFEST_NAME}`, { maxBytes: MOST_TEXT_BYTES }));
}

/** Reads the bytes of a JSON object. */
export function asObject(bytes: Uint8Array): JsonObject {
  const value = parseJson(Buffer.from(bytes).toString("utf8"));
  if (isJsonObject(value)) return value;
  throw new Error("it is no JSON object");
}

function textOrNull(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}
