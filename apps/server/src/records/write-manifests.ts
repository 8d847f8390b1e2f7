import { createHash } from "node:crypto";
import { type FsStore, listAll, type Store } from "@notemill/storage";
import {
  type AttemptOfEvents,
  type Driver,
  type EventPage,
  eventPages,
  eventsOfAttempts,
  filesOfAttempts,
  noteManifestsWritten,
  type StoredFile,
  type UnwrittenManifest,
  unwrittenManifests,
} from "@notemill/store";
import { type BatchOptions, inBatches } from "../data/in-batches.ts";
import { hashOf } from "./hash-of.ts";
import { keepRecordFile } from "./keep-record-file.ts";
import { MANIFEST_NAME, RECORD_FORM } from "./record-form.ts";
import { sha256Of, writeOnce } from "./write-once.ts";

/** How many manifests are asked for at once. */
const PAGE = 100;

/** How many are written at once: each waits for the disk. */
const AT_ONCE = 32;

/**
 * Writes the manifests that the chain has and the store of records does not have yet.
 *
 * The chain is made in the transaction that ends an attempt, and the file after it;
 * what a crash came between is written by the next call, of any server. One that
 * cannot be written keeps no other from it.
 *
 * @param onWritten - Told whose manifest is in its file, by one server alone. Never throws.
 * @throws {@link AggregateError} with what went wrong, after all have been tried.
 */
export async function writeManifests(
  driver: Driver,
  records: FsStore,
  onWritten: (attemptId: string) => Promise<void>,
): Promise<void> {
  const errors: unknown[] = [];
  const readEvents = inBatches(eventReader(driver));
  for (let after = 0; ;) {
    const manifests = await unwrittenManifests(driver, { after, limit: PAGE });
    const files = await filesOfAttempts(
      driver,
      manifests.map(({ attemptId }) => attemptId),
    );
    const written: number[] = [];
    const waiting = manifests.values();
    const write = async (): Promise<void> => {
      for (const manifest of waiting) {
        try {
          await writeRecord({ driver, readEvents }, records, {
            ...manifest,
            files: files.get(manifest.attemptId) ?? [],
          });
          written.push(manifest.seq);
        } catch (error) {
          errors.push(error);
        }
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, write));
    const recorded = written.length > 0 ? await noteManifestsWritten(driver, written) : [];
    for (const attemptId of recorded) await onWritten(attemptId);
    if (manifests.length < PAGE) break;
    after = manifests.at(-1)?.seq ?? after;
  }
  if (errors.length > 0) {
    const [first] = errors;
    const why = first instanceof Error ? first.message : String(first);
    throw new AggregateError(errors, `${errors.length} manifests could not be written: ${why}`);
  }
}

/** Reads the first events of attempts, whose records are written some at a time. */
function eventReader(driver: Driver): BatchOptions<AttemptOfEvents, EventPage> {
  return {
    keyOf: ({ id }) => id,
    async work(attempts) {
      const events = await eventsOfAttempts(driver, attempts);
      return attempts.map(({ id }) => events.get(id) ?? { events: [], isWhole: true });
    },
  };
}

/** A manifest with the files that it lists. */
type UnwrittenRecord = UnwrittenManifest & { readonly files: readonly StoredFile[] };

/** Where the events of attempts come from. */
interface EventSource {
  readonly driver: Driver;
  readonly readEvents: (attempt: AttemptOfEvents) => Promise<EventPage>;
}

/** Makes a record all at once where a runner has handed nothing in, and otherwise what of it is missing. */
async function writeRecord(source: EventSource, records: FsStore, record: UnwrittenRecord): Promise<void> {
  const { attemptId: id, runId, number, directory, manifest, files } = record;
  const [file, ...others] = files;
  const { events } = RECORD_FORM;
  if (file?.name === events.name && others.length === 0) {
    const page = await source.readEvents({ id, runId, number });
    const text = events.text(page.events);
    const made = new Map([
      [events.name, text],
      [MANIFEST_NAME, manifest],
    ]);
    const isThis = page.isWhole && sha256Of(Buffer.from(text)) === file.sha256;
    if (isThis && (await records.createDirectory(directory, made))) return;
  }
  await tidy(source, records, record);
  await writeOnce(records, `${directory}/${MANIFEST_NAME}`, manifest);
}

/**
 * Makes the directory what its manifest says: what a runner had sent and the server
 * had not acknowledged when the attempt was lost goes, and the events come.
 */
async function tidy(
  source: EventSource,
  records: Store,
  { attemptId, runId, number, directory, files }: UnwrittenRecord,
): Promise<void> {
  const listed = new Set([MANIFEST_NAME, ...files.map(({ name }) => name)]);
  const present = new Set<string>();
  for await (const { kind, path } of listAll(records, directory, { recursive: true })) {
    const name = path.slice(directory.length + 1);
    if (kind !== "file") continue;
    if (listed.has(name)) present.add(name);
    else await records.delete(path);
  }
  const { events } = RECORD_FORM;
  const file = files.find(({ name }) => name === events.name);
  if (file === undefined) return;
  const path = `${directory}/${events.name}`;
  if (present.has(events.name)) {
    if ((await hashOf(records, path)) === file.sha256) return;
    // Not acknowledged, as the database would have its hash.
    await records.delete(path);
  }
  const parts = (): AsyncGenerator<Uint8Array> => eventParts(source, { id: attemptId, runId, number });
  const hash = createHash("sha256");
  for await (const part of parts()) hash.update(part);
  // Those that a runner has handed in are not ours to make.
  if (hash.digest("hex") !== file.sha256) return;
  await keepRecordFile(records, path, { sha256: file.sha256, bytes: parts() });
}

/** The file of the events of an attempt in parts: all together may be longer than a text can be. */
async function* eventParts(
  { driver, readEvents }: EventSource,
  attempt: AttemptOfEvents,
): AsyncGenerator<Uint8Array> {
  for await (const events of eventPages(driver, attempt, await readEvents(attempt)))
    yield Buffer.from(RECORD_FORM.events.text(events));
}
