import { isCodedError } from "@notemill/errors";
import { isStorePath, type Store } from "@notemill/storage";
import { createTarDecoder, type ParsedTarEntry } from "modern-tar";
import { ARCHIVE_NAME, archiveInvalid, type ArchivedRecord, readArchiveText } from "./archive-form.ts";

/** The largest list of records that is read. */
const MOST_LIST_BYTES = 1024 * 1024;

const RECORD_FILE = /^(\d{4}\/\d\d\/[0-9a-f-]{36}\/\d{1,9})\/./;

/** What {@link unpackArchive} found. */
export interface UnpackedArchive {
  readonly records: readonly ArchivedRecord[];
  /** Of all files, in the order of the archive. */
  readonly paths: readonly string[];
}

/**
 * Puts the files of an archive into a store that is empty, as they come. Nothing is
 * taken but plain files in the folders of the records that its list names.
 *
 * @throws {@link ServerError} `ARCHIVE_INVALID`, and the errors of the store.
 */
export async function unpackArchive(
  bytes: AsyncIterable<Uint8Array>,
  store: Store,
): Promise<UnpackedArchive> {
  const { readable: entries, writable } = createTarDecoder({ strict: true });
  const fed = feed(bytes, writable);
  let records: readonly ArchivedRecord[] | null = null;
  const paths: string[] = [];
  try {
    for await (const entry of entries) {
      const { name, type = "file" } = entry.header;
      if (type === "directory") await entry.body.cancel();
      else if (type !== "file") throw archiveInvalid(`"${name}" in it is a ${type}, and no plain file`);
      else if (records === null) records = await readList(entry);
      else {
        await unpackFile(entry, { store, records });
        paths.push(name);
      }
    }
  } catch (error) {
    if (isCodedError(error)) throw error;
    throw archiveInvalid("it is no tar archive, or ends too early", error);
  }
  await fed;
  if (records === null) throw archiveInvalid("it is empty");
  return { records, paths };
}

/** Hands bytes on. What goes wrong is told to whoever reads the entries. */
async function feed(bytes: AsyncIterable<Uint8Array>, to: WritableStream<Uint8Array>): Promise<void> {
  const writer = to.getWriter();
  try {
    for await (const part of bytes) await writer.write(part);
    await writer.close();
  } catch (error) {
    await writer.abort(error).catch(() => undefined);
  }
}

async function readList({ header, body }: ParsedTarEntry): Promise<readonly ArchivedRecord[]> {
  if (header.name !== ARCHIVE_NAME || header.size > MOST_LIST_BYTES)
    throw archiveInvalid(`it begins with "${header.name}", and not with a list "${ARCHIVE_NAME}"`);
  return readArchiveText(await new Response(body).text());
}

async function unpackFile(
  { header: { name }, body }: ParsedTarEntry,
  { store, records }: { readonly store: Store; readonly records: readonly ArchivedRecord[] },
): Promise<void> {
  const directory = isStorePath(name) ? RECORD_FILE.exec(name)?.[1] : undefined;
  if (directory === undefined || !records.some((it) => it.directory === directory))
    throw archiveInvalid(`"${name}" is in no folder of a record that it lists`);
  await store.write(name, body, { ifNoneMatch: "*" }).catch((error: unknown) => {
    if (!isCodedError(error) || error.code !== "STORAGE_CONFLICT") throw error;
    throw archiveInvalid(`"${name}" is in it twice`, error);
  });
}
