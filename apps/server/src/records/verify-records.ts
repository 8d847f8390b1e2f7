import { createHash } from "node:crypto";
import type { Verification } from "@notemill/api";
import { isCodedError } from "@notemill/errors";
import { isJsonObject, type JsonObject, parseJson } from "@notemill/json";
import { listAll, type Store } from "@notemill/storage";
import { type Driver, listAttempts, listRecords, type StoredRecord } from "@notemill/store";
import { MANIFEST_NAME } from "./record-form.ts";
import { writeManifests } from "./write-manifests.ts";

type Problem = Verification["problems"][number];

/** How many records are asked for at once. */
const PAGE = 200;

/**
 * Compares records with the chain: their manifests and files byte by byte, what
 * lies beside them, and the final status that the database tells.
 *
 * @param runId - Only the records of this run. Default: all, and their chain as a whole.
 */
export async function verifyRecords(driver: Driver, records: Store, runId?: string): Promise<Verification> {
  await writeManifests(driver, records);
  const problems: Problem[] = [];
  const directories = new Set<string>();
  let head: string | null = null;
  let files = 0;
  let count = 0;
  for (let after = 0; ;) {
    const page = await listRecords(driver, { after, limit: PAGE, ...(runId === undefined ? {} : { runId }) });
    if (page.length === 0) break;
    for (const record of page) {
      if (runId === undefined && record.previousSha256 !== head) {
        problems.push(problem(record, "unchained", MANIFEST_NAME, "does not follow the record before it"));
      }
      const found = await verifyRecord(driver, records, record);
      problems.push(...found.problems);
      files += found.files;
      head = record.sha256;
      directories.add(record.directory);
    }
    count += page.length;
    after = page.at(-1)?.seq ?? after;
  }
  if (runId === undefined) problems.push(...(await strayFiles(driver, records, directories)));
  return { records: count, files, head, problems };
}

async function verifyRecord(
  driver: Driver,
  records: Store,
  record: StoredRecord,
): Promise<{ readonly problems: readonly Problem[]; readonly files: number }> {
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

/** Files in no record's directory, those of attempts that are not over aside. */
async function strayFiles(
  driver: Driver,
  records: Store,
  directories: ReadonlySet<string>,
): Promise<readonly Problem[]> {
  const problems: Problem[] = [];
  for await (const { path } of listAll(records, "", { recursive: true })) {
    const [, , runId = "", attempt = ""] = path.split("/");
    if (directories.has(path.split("/").slice(0, 4).join("/"))) continue;
    const attempts = /^[0-9a-f-]{36}$/.test(runId) ? await listAttempts(driver, runId) : [];
    const isUnderWay = attempts.some((it) => `${it.number}` === attempt && it.finishedAt === null);
    if (!isUnderWay)
      problems.push({ kind: "added", run_id: null, path, message: `${path} belongs to no record` });
  }
  return problems;
}

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
