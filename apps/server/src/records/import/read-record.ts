import { DEFAULT_SETTINGS } from "@notemill/api";
import { encodeJson, isJsonObject, type JsonObject, type JsonValue, parseJson } from "@notemill/json";
import { FINAL_STATUSES, type FinalStatus } from "@notemill/schedules";
import { readAll, type Store } from "@notemill/storage";
import { type ImportedRecord, type NewEvent, STATUS_CHANGED, statusEvent } from "@notemill/store";
import { TOMBSTONE_NAME } from "../bury-records.ts";
import { RECORD_FORM } from "../record-form.ts";
import { asObject, type FoundRecord, MOST_TEXT_BYTES, readManifestOf, UUID } from "./find-records.ts";
import { idOf } from "./id-of.ts";
import { readLines } from "./read-lines.ts";

/** Which events are taken from a record. */
export interface EventBounds {
  /** An event that is longer in its file is left out. */
  readonly mostBytes: number;
  /** Told of each of these while the events are read. */
  readonly onLeftOut: () => void;
}

/** Reads all that the database is to have of a record. @throws What cannot be read. */
export async function readRecord(
  store: Store,
  found: FoundRecord,
  bounds: EventBounds,
): Promise<ImportedRecord> {
  return found.isPruned ? readPruned(store, found) : readWhole(store, found, bounds);
}

async function readWhole(store: Store, found: FoundRecord, bounds: EventBounds): Promise<ImportedRecord> {
  const { directory } = found;
  const manifest = await readManifestOf(store, directory);
  const [run, attempt, source] = [part(manifest, "run"), part(manifest, "attempt"), part(manifest, "source")];
  const number = Number(attempt["number"]);
  const failure = attempt["failure"] ?? null;
  const read = {
    id: text(attempt["id"]) ?? idOf(`${String(run["id"])}/${number}`),
    number,
    status: finalStatus(attempt["status"]),
    exitClass: text(attempt["exit_class"]) as ImportedRecord["attempt"]["exitClass"],
    failure: failure === null ? null : encodeJson(failure),
    facts: factsOf(manifest),
    runner: runnerOf(manifest),
    createdAt: time(attempt["created_at"]),
    claimedAt: timeOrNull(attempt["claimed_at"]),
    startedAt: timeOrNull(attempt["started_at"]),
    finishedAt: time(attempt["finished_at"]),
  };
  return {
    ...placeOf(found),
    tombstone: null,
    run: {
      id: String(run["id"]),
      owner: String(run["owner"]),
      path: String(run["path"]),
      sourceHash: hash(source["sha256"]),
      kernelName: text(run["requested_kernel"]),
      parameters: encodeJson(run["requested_parameters"] ?? {}),
      settings:
        run["settings"] === undefined ? JSON.stringify(DEFAULT_SETTINGS) : encodeJson(run["settings"]),
      priority: Number(run["priority"] ?? 0),
      tags: list(run["tags"]).map(String),
      rerunOf: idOrNull(run["rerun_of"]),
      resumes: idOrNull(run["resumes"]),
      sweepId: idOrNull(run["sweep_id"]),
      workflowRunId: idOrNull(run["workflow_run_id"]),
      startedByRun: idOrNull(run["started_by_run"]),
      idempotencyKey: text(run["idempotency_key"]),
      requestSha256: text(run["request_sha256"]) ?? "",
      createdAt: time(run["created_at"]),
    },
    attempt: read,
    files: list(manifest["files"])
      .filter(isJsonObject)
      .map(({ name, sha256, size }) => ({ name: String(name), sha256: hash(sha256), size: Number(size) })),
    events: eventsOf(toldEvents(store, `${directory}/${RECORD_FORM.events.name}`, bounds), read),
    end: statusEvent(read.status, { attempt: number, now: read.finishedAt, failure: read.failure }),
  };
}

async function readPruned(store: Store, found: FoundRecord): Promise<ImportedRecord> {
  const bytes = await readAll(store, `${found.directory}/${TOMBSTONE_NAME}`, {
    maxBytes: MOST_TEXT_BYTES,
  });
  const tombstone = asObject(bytes);
  const run = part(tombstone, "run");
  const left = await store.list(found.directory, { limit: 2 });
  return {
    ...placeOf(found),
    tombstone: {
      text: Buffer.from(bytes).toString("utf8"),
      prunedAt: time(tombstone["pruned_at"]),
      isBuried: left.entries.length === 1,
    },
    run: {
      id: String(tombstone["run_id"]),
      owner: String(run["owner"]),
      path: String(run["path"]),
      sourceHash: hash(run["source_sha256"]),
      kernelName: null,
      parameters: "{}",
      settings: JSON.stringify(DEFAULT_SETTINGS),
      priority: 0,
      tags: [],
      rerunOf: null,
      resumes: null,
      sweepId: null,
      workflowRunId: null,
      startedByRun: null,
      idempotencyKey: null,
      requestSha256: "",
      createdAt: time(run["created_at"]),
    },
    attempt: {
      id: String(tombstone["attempt_id"]),
      number: Number(tombstone["attempt"]),
      status: finalStatus(tombstone["status"]),
      exitClass: null,
      failure: null,
      facts: null,
      runner: null,
      createdAt: time(run["created_at"]),
      claimedAt: null,
      startedAt: null,
      finishedAt: time(tombstone["finished_at"]),
    },
    files: [],
    events: [],
    end: null,
  };
}

function placeOf({
  seq,
  sha256,
  previousSha256,
  directory,
}: FoundRecord): Pick<ImportedRecord, "seq" | "sha256" | "previousSha256" | "directory"> {
  return { seq, sha256, previousSha256: previousSha256 ?? null, directory };
}

/** The facts of the runner, from which the manifest was made. */
function factsOf(manifest: JsonObject): string | null {
  const { runner, kernelspec, environment, parameters, resumed, resources, memory_limit, cpu_limit } =
    manifest;
  if (!isJsonObject(runner) || runner["name"] === undefined) return null;
  const { id: _id, ...facts } = runner;
  return encodeJson({
    runner: facts,
    kernelspec: kernelspec ?? null,
    environment: environment ?? null,
    parameters: parameters ?? [],
    resumed: resumed ?? null,
    memory_limit: memory_limit ?? null,
    cpu_limit: cpu_limit ?? null,
    resources: resources ?? null,
  });
}

function runnerOf({ runner }: JsonObject): ImportedRecord["attempt"]["runner"] {
  const id = isJsonObject(runner) ? text(runner["id"]) : null;
  if (!isJsonObject(runner) || id === null) return null;
  return { id, name: text(runner["name"]) ?? "", version: text(runner["version"]) ?? "" };
}

/** The events of an attempt but the last, with those of its status, which a runner does not have. */
async function* eventsOf(
  told: AsyncIterable<NewEvent>,
  { number, createdAt, claimedAt, startedAt }: ImportedRecord["attempt"],
): AsyncGenerator<NewEvent> {
  const at = (reached: "queued" | "starting" | "running", now: Date | null): readonly NewEvent[] =>
    now === null ? [] : [statusEvent(reached, { attempt: number, now })];
  const begun = [...at("queued", createdAt), ...at("starting", claimedAt), ...at("running", startedAt)];
  let isBegun = false;
  for await (const event of told) {
    // The server's own events begin with one of the status.
    if (!isBegun && event.kind !== STATUS_CHANGED) yield* begun;
    isBegun = true;
    yield event;
  }
  if (!isBegun) yield* begun;
}

async function* toldEvents(store: Store, path: string, bounds: EventBounds): AsyncGenerator<NewEvent> {
  try {
    for await (const line of readLines((await store.read(path)).bytes, bounds)) {
      const event = eventOf(line);
      if (event !== null) yield event;
    }
  } catch {
    // A record whose files are not whole is taken where damage is accepted.
  }
}

/** Null for a line that was damaged, which is told elsewhere. */
function eventOf(line: string): NewEvent | null {
  try {
    const event = parseJson(line);
    if (!isJsonObject(event)) return null;
    return { kind: String(event["kind"]), at: time(event["at"]), data: encodeJson(event["data"] ?? null) };
  } catch {
    return null;
  }
}

function part(value: JsonObject, name: string): JsonObject {
  const found = value[name];
  if (isJsonObject(found)) return found;
  throw new Error(`it says nothing about its ${name}`);
}

function list(value: JsonValue | undefined): readonly JsonValue[] {
  return Array.isArray(value) ? value : [];
}

function text(value: JsonValue | undefined): string | null {
  return typeof value === "string" ? value : null;
}

function idOrNull(value: JsonValue | undefined): string | null {
  const found = text(value);
  if (found === null || UUID.test(found)) return found;
  throw new Error(`"${found}" is no id`);
}

function hash(value: JsonValue | undefined): string {
  if (typeof value === "string" && /^[0-9a-f]{64}$/.test(value)) return value;
  throw new Error(`"${String(value)}" is no hash`);
}

function finalStatus(value: JsonValue | undefined): FinalStatus {
  const found = FINAL_STATUSES.find((it) => it === value);
  if (found !== undefined) return found;
  throw new Error(`"${String(value)}" is no way in which an attempt ends`);
}

function time(value: JsonValue | undefined): Date {
  const found = timeOrNull(value);
  if (found === null) throw new Error("it has no time where there has to be one");
  return found;
}

function timeOrNull(value: JsonValue | undefined): Date | null {
  const found = typeof value === "string" ? new Date(value) : null;
  return found === null || Number.isNaN(found.getTime()) ? null : found;
}
