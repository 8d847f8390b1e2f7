import { createHash } from "node:crypto";
import type { OpenFile, ReadOptions, Store } from "@notemill/storage";
import { type Driver, type FileBlob, fileBlobKey } from "@notemill/store";
import { ServerError } from "../server-error.ts";

/** The bytes of versions: each once, however many versions and files have them. */
export interface VersionBlobs {
  /**
   * Keeps bytes as they come.
   *
   * @param expected - Their hash, where it is known: bytes that are kept already are not read.
   * @throws {@link ServerError} `BODY_TOO_LARGE`.
   */
  keep(
    bytes: AsyncIterable<Uint8Array>,
    options: { readonly maxBytes: number; readonly expected?: KnownBytes | undefined },
  ): Promise<FileBlob>;
  open(key: string, options?: ReadOptions): Promise<OpenFile>;
  /** Removes bytes that nobody refers to. */
  remove(key: string): Promise<void>;
  /** One page of what is kept: keys, and when each was written. */
  list(cursor: string | undefined, limit: number): Promise<KeptPage>;
}

/** Some of what {@link VersionBlobs} keep. */
export interface KeptPage {
  readonly kept: readonly { readonly key: string; readonly writtenAt: Date }[];
  readonly next: string | undefined;
}

/** What is known of bytes before they are read. */
export interface KnownBytes {
  readonly sha256: string;
  readonly size: number;
}

/** Keeps versions in a store, and where they are in the database. */
export function createVersionBlobs(driver: Driver, store: Store, newId: () => string): VersionBlobs {
  return {
    async keep(bytes, { maxBytes, expected }) {
      const key = expected === undefined ? null : await fileBlobKey(driver, expected.sha256);
      if (expected !== undefined && key !== null) return { ...expected, key, isFresh: false };
      const id = newId();
      // From the random end of the id, so that directories stay small.
      const fresh = `blobs/${id.slice(-2)}/${id}`;
      const hash = createHash("sha256");
      let size = 0;
      const counted = async function* (): AsyncGenerator<Uint8Array> {
        for await (const part of bytes) {
          hash.update(part);
          size += part.byteLength;
          if (size > maxBytes) throw tooLarge(maxBytes);
          yield part;
        }
      };
      await store.write(fresh, counted(), { ifNoneMatch: "*" });
      return { sha256: hash.digest("hex"), size, key: fresh, isFresh: true };
    },
    open: (key, options) => store.read(key, options),
    async remove(key) {
      await store.delete(key);
    },
    async list(cursor, limit) {
      const page = { recursive: true, limit, ...(cursor === undefined ? {} : { cursor }) };
      const { entries, next } = await store.list("blobs", page);
      const kept = entries.flatMap((it) =>
        it.kind === "file" ? [{ key: it.path, writtenAt: it.modifiedAt }] : [],
      );
      return { kept, next };
    },
  };
}

/** Says that a file is larger than the server takes. */
export function tooLarge(maxBytes: number): ServerError {
  return new ServerError("BODY_TOO_LARGE", `a file may have ${maxBytes} bytes here, and this one has more`, {
    details: { max_bytes: maxBytes },
  });
}
