import { bodyChunks } from "../store/body-chunks.ts";
import { pageLimit } from "../store/list-request.ts";
import { directoryPath, storePath } from "../store/store-path.ts";
import type { Store } from "../store/store.ts";
import { checkBucket } from "./s3-address.ts";
import { openS3Connection } from "./s3-connection.ts";
import { copyObject } from "./s3-copy.ts";
import { deleteObject } from "./s3-delete.ts";
import { listObjects } from "./s3-list.ts";
import { hasObjectsBelow, makeDirectoryMarker, removeDirectoryMarker } from "./s3-directories.ts";
import { headObject, type S3Object, type S3ObjectInfo } from "./s3-object.ts";
import { readObject } from "./s3-read.ts";
import { type S3Options, s3Settings } from "./s3-settings.ts";
import { listVersions } from "./s3-versions.ts";
import { writeObject } from "./s3-write.ts";

/** Options of {@link openS3Store}. */
export interface S3StoreOptions extends S3Options {
  readonly bucket: string;
  /** The directory in the bucket that is the root of the store. Default: the whole bucket. */
  readonly root?: string;
}

/** A store whose connections are closed with it. */
export interface S3Store extends Store, Disposable {
  readonly versions: NonNullable<Store["versions"]>;
}

/**
 * A store in a bucket of an S3 server. Nothing is loaded or sent before the first call.
 *
 * Whether the server honours conditions, {@link probeConditionalWrites} tells.
 * A conditional write has at most 5 GiB; others have at most 440 GiB.
 *
 * @throws {@link StorageError} `STORAGE_PATH_INVALID` for a bucket, root or endpoint that cannot be one.
 */
export function openS3Store({ bucket, root: rootPath = "", ...options }: S3StoreOptions): S3Store {
  checkBucket(bucket);
  const connection = openS3Connection(s3Settings(options));
  const directory = directoryPath(rootPath);
  const root = directory === "" ? "" : `${directory}/`;
  const objectAt = (path: string): S3Object => ({ connection, bucket, key: root + storePath(path) });

  return {
    describe: () => `s3://${bucket}/${root}`,
    stat: async (path, statOptions) => {
      const info = await headObject(objectAt(path), statOptions);
      return info && { path: storePath(path), ...factsOf(info) };
    },
    list: async (path, listOptions = {}) => {
      const { recursive = false, cursor, match, signal } = listOptions;
      const below = directoryPath(path);
      const prefix = below === "" ? root : `${root}${below}/`;
      const limit = pageLimit(listOptions);
      return listObjects({
        connection,
        bucket,
        root,
        prefix,
        recursive,
        limit,
        cursor,
        match,
        ...(signal && { signal }),
      });
    },
    read: async (path, readOptions = {}) => {
      const { info, bytes, close } = await readObject(objectAt(path), readOptions);
      return { path: storePath(path), ...factsOf(info), bytes, close };
    },
    write: async (path, body, writeOptions = {}) =>
      writeObject(objectAt(path), bodyChunks(body), writeOptions),
    copy: async (from, to, copyOptions = {}) => copyObject(objectAt(from), objectAt(to), copyOptions),
    delete: async (path, deleteOptions = {}) => deleteObject(objectAt(path), deleteOptions),
    makeDirectory: async (path) => makeDirectoryMarker(objectAt(path)),
    removeDirectory: async (path) => removeDirectoryMarker(objectAt(path)),
    hasDirectory: async (path) => hasObjectsBelow(objectAt(path)),
    versions: async (path, versionOptions = {}) => listVersions(objectAt(path), versionOptions),
    [Symbol.dispose]: () => connection[Symbol.dispose](),
  };
}

function factsOf({
  version: _version,
  writeMark: _mark,
  ...facts
}: S3ObjectInfo): Omit<S3ObjectInfo, "version" | "writeMark"> {
  return facts;
}
