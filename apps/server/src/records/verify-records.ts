import { createHash } from "node:crypto";
import type { Verification } from "@notemill/api";
import { isCodedError } from "@notemill/errors";
import { isJsonObject, type JsonObject, parseJson } from "@notemill/json";
import { listAll, type Store } from "@notemill/storage";
import {
  type Driver,
  listAttempts,
  listRecords,
  previousRecordHash,
  recordStates,
  type StoredRecord,
} from "@notemill/store";
import { TOMBSTONE_NAME } from "./bury-records.ts";
import { MANIFEST_NAME } from "./record-form.ts";

type Problem = Verification["problems"][number];

/** How many stray paths are looked up at once. */
const PAGE = 500;

/** What is looked at by {@link verifyRecords}. */
export interface VerifyOptions {
  /** Only the records of this run. */
  readonly runId?: string;
  /** Go on behind this record of the chain. Default 0: from the start. */
  readonly after?: number;
  /** The most records. */
  readonly limit: number;
}

/**
 * Compares a page of records with the chain: their manifests and files byte by
 * byte, what lies beside them, and the final status that the database tells. The
 * last page of the whole chain also has what belongs to no record.
 */
export async function verifyRecords(
  driver: Driver,
  records: Store,
  { runId, after = 0, limit }: VerifyOptions,
): Promise<Verification> {
  const problems: Problem[] = [];
  const page = await listRecords(driver, { after, limit, ...(runId === undefined ? {} : { runId }) });
  let head = runId === undefined ? await previousRecordHash(driver, after) : null;
  let files = 0;
  for (const record of page) {
    if (runId === undefined && record.previousSha256 !== head) {
      problems.push(problem(record, "unchained", MANIFEST_NAME, "does not follow the record before it"));
    }
    const found = await verifyRecord(driver, records, record).catch((error: unknown) =>
      linkInPlace(record, error),
    );
    problems.push(...found.problems);
    files += found.files;
    head = record.sha256;
  }
  const next = page.length === limit ? (page.at(-1)?.seq ?? null) : null;
  if (next === null && runId === undefined) problems.push(...(await strayFiles(driver, records)));
  return { records: page.length, files, head, problems, next };
}

/** What there is to say of a record in which a symbolic link, or what is no file, stands where a file was. */
function linkInPlace(
  record: StoredRecord,
  error: unknown,
): { readonly problems: readonly Problem[]; readonly files: number } {
  if (!(isCodedError(error) && error.code === "STORAGE_PATH_INVALID")) throw error;
  const { runId, directory } = record;
  const message = `${directory} cannot be read: ${error.message}`;
  return { problems: [{ kind: "changed", run_id: runId, path: directory, message }], files: 0 };
}

async function verifyRecord(
  driver: Driver,
  records: Store,
  record: StoredRecord,
): Promise<{ readonly problems: readonly Problem[]; readonly files: number }> {
  // A server is writing it, or will.
  if (record.isPending) return { problems: [], files: 0 };
  if (record.tombstone !== null) return verifyTombstone(records, record, record.tombstone);
  const text = await readText(records, `${record.directory}/${MANIFEST_NAME}`);
  if (text === null) return { problems: [problem(record, "missing", MANIFEST_NAME, "is missing")], files: 0 };
  if (createHash("sha256").update(text).digest("hex") !== record.sha256) {
    return { problems: [problem(record, "changed", MANIFEST_NAME, "is not what the chain has")], files: 0 };
  }
  const manifest = parseJson(text) as JsonObject;
  const problems: Problem[] = [];
  if (manifest["previous_sha256"] !== record.previousSha256) {
    problems.push(problem(record, "unchained", MANIFEST_NAME, "names another record before it"));
  }
  const attempt = (await listAttempts(driver, record.runId)).find(({ number }) => number === record.attempt);
  const recorded = isJsonObject(manifest["attempt"]) ? manifest["attempt"]["status"] : undefined;
  if (attempt?.status !== recorded) {
    const message = `says "${String(recorded)}", and the database "${attempt?.status}"`;
    problems.push(problem(record, "changed", MANIFEST_NAME, message));
  }
  const listed = (manifest["files"] as readonly JsonObject[]).map(
    ({ name, sha256 }) => [String(name), String(sha256)] as const,
  );
  for (const [name, sha256] of listed) {
    const actual = await hashFile(records, `${record.directory}/${name}`);
    if (actual === null) problems.push(problem(record, "missing", name, "is missing"));
    else if (actual !== sha256)
      problems.push(problem(record, "changed", name, "has other bytes than the record says"));
  }
  const known = new Set([MANIFEST_NAME, ...listed.map(([name]) => name)]);
  for await (const { path } of listAll(records, record.directory, { recursive: true })) {
    const name = path.slice(record.directory.length + 1);
    if (!known.has(name)) problems.push(problem(record, "added", name, "is not part of the record"));
  }
  return { problems, files: listed.length };
}

/** Nothing but the tombstone may be left. */
async function verifyTombstone(
  records: Store,
  record: StoredRecord,
  tombstone: string,
): Promise<{ readonly problems: readonly Problem[]; readonly files: number }> {
  const problems: Problem[] = [];
  const text = await readText(records, `${record.directory}/${TOMBSTONE_NAME}`);
  if (text === null) problems.push(problem(record, "missing", TOMBSTONE_NAME, "is missing"));
  else if (text !== tombstone)
    problems.push(problem(record, "changed", TOMBSTONE_NAME, "is not what the database has"));
  for await (const { path } of listAll(records, record.directory, { recursive: true })) {
    const name = path.slice(record.directory.length + 1);
    if (name !== TOMBSTONE_NAME)
      problems.push(problem(record, "added", name, "is there though the record was pruned"));
  }
  return { problems, files: 1 };
}

/** Files in no record's directory, those of attempts that are not over aside. */
async function strayFiles(driver: Driver, records: Store): Promise<readonly Problem[]> {
  const problems: Problem[] = [];
  let paths: string[] = [];
  const look = async (): Promise<void> => {
    const runIds = new Set(paths.map((path) => path.split("/")[2] ?? "").filter((it) => UUID.test(it)));
    const known = new Set(
      (await recordStates(driver, [...runIds]))
        .filter(({ directory, isOver }) => directory !== null || !isOver)
        .map(({ runId, number }) => `${runId}/${number}`),
    );
    for (const path of paths) {
      const [year, month, runId, attempt] = path.split("/");
      const isInPlace = /^\d{4}$/.test(year ?? "") && /^\d\d$/.test(month ?? "");
      if (isInPlace && known.has(`${runId}/${attempt}`)) continue;
      problems.push({ kind: "added", run_id: null, path, message: `${path} belongs to no record` });
    }
    paths = [];
  };
  for await (const { path } of listAll(records, "", { recursive: true })) {
    paths.push(path);
    if (paths.length === PAGE) await look();
  }
  await look();
  return problems;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

function problem(
  { runId, directory }: StoredRecord,
  kind: Problem["kind"],
  name: string,
  what: string,
): Problem {
  const path = `${directory}/${name}`;
  return { kind, run_id: runId, path, message: `${path} ${what}` };
}

async function readText(records: Store, path: string): Promise<string | null> {
  const parts: Uint8Array[] = [];
  const isThere = await eachPart(records, path, (part) => parts.push(part));
  return isThere ? Buffer.concat(parts).toString("utf8") : null;
}

async function hashFile(records: Store, path: string): Promise<string | null> {
  const hash = createHash("sha256");
  return (await eachPart(records, path, (part) => hash.update(part))) ? hash.digest("hex") : null;
}

async function eachPart(records: Store, path: string, take: (part: Uint8Array) => unknown): Promise<boolean> {
  try {
    for await (const part of (await records.read(path)).bytes) take(part);
    return true;
  } catch (error) {
    if (isCodedError(error) && error.code === "STORAGE_NOT_FOUND") return false;
    throw error;
  }
}
