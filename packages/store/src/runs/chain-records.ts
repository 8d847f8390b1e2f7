import { createHash } from "node:crypto";
import type { Queries } from "../driver/driver.ts";
import type { Ending, RecordForm, StoredFile } from "./ending.ts";
import { filesOfAttempts } from "./read-records.ts";
import type { StoredAttempt, StoredRun } from "./run-row.ts";
import { eventPages, eventsOfAttempts } from "./server-events.ts";

/** An attempt that is over, in a transaction that has locked it. */
export interface EndedAttempt {
  readonly run: StoredRun;
  readonly attempt: StoredAttempt;
  readonly ending: Pick<Ending, "form" | "now">;
}

/**
 * Makes the records of attempts that are over: they are chained one behind the other,
 * and their manifests wait in the database to be written to their files.
 */
export async function chainRecords(queries: Queries, ended: readonly EndedAttempt[]): Promise<void> {
  if (ended.length === 0) return;
  const files = await filesOf(queries, ended);
  // The row is locked until the transaction ends: records follow each other one by one.
  const [head] = await queries.query("select seq, sha256 from record_head for update");
  let seq = Number(head?.["seq"] ?? 0);
  let sha256 = (head?.["sha256"] ?? null) as string | null;
  const records = ended.map(({ run, attempt, ending: { form, now } }) => {
    const previousSha256 = sha256;
    seq += 1;
    const listed = files.get(attempt.id) ?? [];
    const manifest = form.manifest({ run, attempt, files: listed, seq, previousSha256 });
    sha256 = sha256Of(Buffer.from(manifest));
    const directory = form.directory(run, attempt);
    return { seq, attemptId: attempt.id, directory, sha256, previousSha256, manifest, now };
  });
  await queries.query(CHAIN, [
    records.map((it) => it.seq),
    records.map((it) => it.attemptId),
    records.map((it) => it.directory),
    records.map((it) => it.sha256),
    records.map((it) => it.previousSha256),
    records.map((it) => it.manifest),
    records.map((it) => it.now.toISOString()),
    seq,
    sha256,
  ]);
}

const CHAIN = `
  with chained as (
    insert into record (seq, attempt_id, directory, sha256, previous_sha256, manifest, created_at)
    select * from unnest($1::int[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::timestamptz[])
  )
  update record_head set seq = $8, sha256 = $9`;

/** The files of records, their events among them: those are written with the manifest, where the runner handed none in. */
async function filesOf(
  queries: Queries,
  ended: readonly EndedAttempt[],
): Promise<ReadonlyMap<string, readonly StoredFile[]>> {
  const files = new Map(
    await filesOfAttempts(
      queries,
      ended.map(({ attempt }) => attempt.id),
    ),
  );
  const missing = ended.filter(
    ({ attempt, ending }) => !(files.get(attempt.id) ?? []).some((it) => it.name === eventsName(ending)),
  );
  if (missing.length === 0) return files;
  const events = await eventsOfAttempts(
    queries,
    missing.map(({ attempt }) => attempt),
  );
  const added: (StoredFile & { readonly id: string })[] = [];
  for (const { attempt, ending } of missing) {
    const hash = createHash("sha256");
    let size = 0;
    for await (const page of eventPages(queries, attempt, events.get(attempt.id))) {
      const bytes = Buffer.from(ending.form.events.text(page));
      hash.update(bytes);
      size += bytes.byteLength;
    }
    added.push({ id: attempt.id, name: eventsName(ending), sha256: hash.digest("hex"), size });
  }
  await queries.query(ADD_FILES, [
    added.map((it) => it.id),
    added.map((it) => it.name),
    added.map((it) => it.sha256),
    added.map((it) => it.size),
  ]);
  for (const { id, ...file } of added) files.set(id, [...(files.get(id) ?? []), file].sort(byName));
  return files;
}

const ADD_FILES = `
  insert into record_file (attempt_id, name, sha256, size)
  select * from unnest($1::uuid[], $2::text[], $3::text[], $4::bigint[])`;

function eventsName({ form }: { readonly form: RecordForm }): string {
  return form.events.name;
}

function byName(one: StoredFile, other: StoredFile): number {
  return one.name < other.name ? -1 : 1;
}

function sha256Of(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
