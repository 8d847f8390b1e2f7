import { createHash } from "node:crypto";
import { isCodedError } from "@notemill/errors";
import type { StoredFile } from "@notemill/store";
import type { Store } from "@notemill/storage";
import { ServerError } from "../server-error.ts";

/**
 * Writes a file of a record, once, and only with the bytes that were announced.
 *
 * The same file may be handed in again by a runner that did not hear the answer.
 *
 * @throws {@link ServerError} `RECORD_FILE_DIFFERS` where the bytes are not those announced, or others are there.
 */
export async function keepRecordFile(
  store: Store,
  path: string,
  { sha256, bytes }: { readonly sha256: string; readonly bytes: AsyncIterable<Uint8Array> },
): Promise<Omit<StoredFile, "name">> {
  const hash = createHash("sha256");
  let size = 0;
  const checked = async function* (): AsyncGenerator<Uint8Array> {
    for await (const part of bytes) {
      hash.update(part);
      size += part.byteLength;
      yield part;
    }
    // An error before the end of the bytes is the end of the write: nothing is left of it.
    if (hash.digest("hex") !== sha256) throw differs(path, "not the bytes that were announced have come");
  };
  try {
    await store.write(path, checked(), { ifNoneMatch: "*" });
    return { sha256, size };
  } catch (error) {
    if (!(isCodedError(error) && error.code === "STORAGE_CONFLICT")) throw error;
    return { sha256, size: await sameFile(store, path, sha256) };
  }
}

/** The size of the file that is there, which has to have these bytes. */
async function sameFile(store: Store, path: string, sha256: string): Promise<number> {
  const hash = createHash("sha256");
  const file = await store.read(path);
  for await (const part of file.bytes) hash.update(part);
  if (hash.digest("hex") === sha256) return file.size;
  throw differs(path, "there is such a file with other bytes, and records are written once");
}

function differs(path: string, why: string): ServerError {
  return new ServerError("RECORD_FILE_DIFFERS", `cannot keep "${path}": ${why}`, { details: { path } });
}
