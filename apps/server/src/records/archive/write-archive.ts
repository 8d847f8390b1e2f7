import { createHash } from "node:crypto";
import type { Store } from "@notemill/storage";
import { type Driver, listRecords, recordFiles, type StoredRecord } from "@notemill/store";
import { createTarPacker } from "modern-tar";
import { TOMBSTONE_NAME } from "../bury-records.ts";
import { MANIFEST_NAME } from "../record-form.ts";
import { ServerError } from "../../server-error.ts";
import { ARCHIVE_NAME, archiveText } from "./archive-form.ts";

/** The most attempts that a run has. */
const MOST_RECORDS = 1000;

/** Where an archive comes from. */
export interface ArchiveSource {
  readonly driver: Driver;
  readonly records: Store;
}

/**
 * The records of a run as one tar archive, which is made while it is read: the folders
 * are as they lie in the store. The hash of every file is compared on the way, so that
 * the stream breaks off where one is not what the record says.
 *
 * @throws {@link ServerError} `OUTPUT_NOT_THERE` where the run has no record yet.
 */
export async function writeArchive(
  source: ArchiveSource,
  runId: string,
): Promise<ReadableStream<Uint8Array<ArrayBuffer>>> {
  const records = await listRecords(source.driver, { after: 0, limit: MOST_RECORDS, runId });
  const pending = records.find(({ isPending }) => isPending);
  if (records.length === 0 || pending !== undefined) {
    const why =
      pending === undefined ? "no attempt is over" : `that of attempt ${pending.attempt} is being written`;
    throw new ServerError("OUTPUT_NOT_THERE", `run ${runId} has no record to archive yet: ${why}`, {
      details: { id: runId },
    });
  }
  const { readable, controller } = createTarPacker();
  const pack: Pack = async (name, { size, bytes }) => {
    const body = controller.add({ name, size, mode: 0o644, mtime: MTIME }).getWriter();
    for await (const part of bytes) await body.write(part);
    await body.close();
  };
  packRecords(source, { runId, records, pack }).then(
    () => controller.finalize(),
    // Whoever reads is told; one who has gone needs nothing more.
    (error: unknown) => controller.error(error),
  );
  return readable;
}

/** The same records are the same bytes. */
const MTIME = new Date(0);

type Pack = (
  name: string,
  file: { readonly size: number; readonly bytes: AsyncIterable<Uint8Array> | Iterable<Uint8Array> },
) => Promise<void>;

async function packRecords(
  source: ArchiveSource,
  asked: { readonly runId: string; readonly records: readonly StoredRecord[]; readonly pack: Pack },
): Promise<void> {
  const { runId, records, pack } = asked;
  const list = Buffer.from(archiveText(runId, records));
  await pack(ARCHIVE_NAME, { size: list.byteLength, bytes: [list] });
  for (const record of records)
    for (const file of await filesOf(source, record)) await packFile(source.records, file, pack);
}

/** The files of a record, or the tombstone in its place. */
async function filesOf(
  { driver }: ArchiveSource,
  { attemptId, directory, sha256, tombstone }: StoredRecord,
): Promise<readonly { readonly path: string; readonly sha256: string }[]> {
  if (tombstone !== null) {
    const buried = createHash("sha256").update(tombstone).digest("hex");
    return [{ path: `${directory}/${TOMBSTONE_NAME}`, sha256: buried }];
  }
  const files = await recordFiles(driver, attemptId);
  return [{ name: MANIFEST_NAME, sha256 }, ...files].map((it) => ({
    path: `${directory}/${it.name}`,
    sha256: it.sha256,
  }));
}

async function packFile(
  records: Store,
  { path, sha256 }: { readonly path: string; readonly sha256: string },
  pack: Pack,
): Promise<void> {
  const { size, bytes } = await records.read(path);
  const hash = createHash("sha256");
  await pack(path, { size, bytes: watched(bytes, hash) });
  if (hash.digest("hex") === sha256) return;
  throw new ServerError("RECORD_FILE_DIFFERS", `"${path}" is there with other bytes than the chain has`, {
    details: { path },
  });
}

async function* watched(
  bytes: AsyncIterable<Uint8Array>,
  hash: ReturnType<typeof createHash>,
): AsyncGenerator<Uint8Array> {
  for await (const part of bytes) {
    hash.update(part);
    yield part;
  }
}
