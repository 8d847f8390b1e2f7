import { realpathSync } from "node:fs";
import { statfs } from "node:fs/promises";
import type { Descriptor } from "../files/descriptor.ts";
import { errnoError, type FileAction } from "../files/errno-error.ts";
import { StorageError } from "../storage-error.ts";
import { bodyChunks } from "../store/body-chunks.ts";
import { resolveRange } from "../store/byte-range.ts";
import { pageLimit } from "../store/list-request.ts";
import { directoryPath, type StorePath, storePath } from "../store/store-path.ts";
import type {
  ListOptions,
  ListPage,
  OpenFile,
  ReadOptions,
  Store,
  StoreSpace,
  WriteOptions,
} from "../store/store.ts";
import { createEtagReader } from "./content-etag.ts";
import { createDirectoryAt } from "./create-directory.ts";
import { keepNames } from "./directory-names.ts";
import { hasDirectoryAt, makeDirectoryAt, removeDirectoryAt } from "./fs-directories.ts";
import { type FsPlace, infoOf, openRegularFile } from "./fs-place.ts";
import { deleteFile, writeFile } from "./fs-write.ts";
import { listDirectory, type OpenForListing } from "./list-directory.ts";
import { bestTraversal, openDirectory, type Traversal } from "./open-directory.ts";

/** Options of {@link openFsStore}. */
export interface FsStoreOptions {
  /** Default: the safest this system offers. */
  readonly traversal?: Traversal;
}

/** A store on disk, which can do what a bucket cannot. */
export interface FsStore extends Store {
  /**
   * Makes a directory with these files, by name, in one step; they are durable when this resolves.
   *
   * @returns Whether it did: one that is there stays as it is.
   */
  createDirectory(path: string, files: ReadonlyMap<string, string>): Promise<boolean>;
}

/**
 * A store in a directory of this machine, which must exist.
 *
 * No path leads out of it: symbolic links within are refused, not followed.
 * An etag is the SHA-256 of the bytes. Writes are on the disk when they resolve.
 * Metadata and versions are not kept; a write with metadata is refused.
 *
 * @throws {@link StorageError} `STORAGE_NOT_FOUND`, `STORAGE_FORBIDDEN`.
 */
export function openFsStore(root: string, options: FsStoreOptions = {}): FsStore {
  const place: FsPlace = {
    root: realRoot(root),
    traversal: options.traversal ?? bestTraversal(),
    etagOf: createEtagReader(),
    namesIn: keepNames(),
  };
  return {
    describe: () => root,
    stat: async (path) => stat(place, storePath(path)),
    list: async (directory, listOptions = {}) => list(place, directoryPath(directory), listOptions),
    read: async (path, readOptions = {}) => read(place, storePath(path), readOptions),
    write: async (path, body, writeOptions = {}) => {
      const checked = storePath(path);
      refuseMetadata(checked, writeOptions);
      return guarded("write", checked, () => writeFile(place, checked, bodyChunks(body), writeOptions));
    },
    copy: async (from, to, copyOptions = {}) => {
      const target = storePath(to);
      const source = await read(place, storePath(from), {});
      try {
        return await guarded("write", target, () => writeFile(place, target, source.bytes, copyOptions));
      } finally {
        await source.close();
      }
    },
    delete: async (path, deleteOptions = {}) => {
      const checked = storePath(path);
      if (deleteOptions.version !== undefined) throw noVersions(checked);
      return guarded("delete", checked, () => deleteFile(place, checked, deleteOptions));
    },
    makeDirectory: async (path) => {
      const checked = storePath(path);
      return guarded("write", checked, () => makeDirectoryAt(place, checked));
    },
    createDirectory: async (path, files) => {
      const checked = storePath(path);
      for (const name of files.keys()) storePath(`${path}/${name}`);
      return guarded("write", checked, () => createDirectoryAt(place, checked, files));
    },
    removeDirectory: async (path) => {
      const checked = storePath(path);
      return guarded("delete", checked, () => removeDirectoryAt(place, checked));
    },
    hasDirectory: async (path) => {
      const checked = storePath(path);
      return guarded("list", checked, () => hasDirectoryAt(place, checked));
    },
    space: () => guarded("list", "", () => spaceOf(place)),
  };
}

async function spaceOf({ root }: FsPlace): Promise<StoreSpace> {
  const { bsize, bavail, blocks } = await statfs(root);
  return { freeBytes: bavail * bsize, totalBytes: blocks * bsize };
}

async function stat(place: FsPlace, path: StorePath) {
  return guarded("read", path, async () => {
    const file = await openRegularFile(place, path);
    try {
      return file && (await infoOf(place, file, path));
    } finally {
      file?.close();
    }
  });
}

async function list(place: FsPlace, directory: StorePath | "", options: ListOptions): Promise<ListPage> {
  const { recursive = false, cursor = "", match } = options;
  const listing = {
    directory,
    recursive,
    limit: pageLimit(options),
    after: cursor,
    ...(match === undefined ? {} : { match }),
  };
  const open: OpenForListing = (path) =>
    openDirectory(place.root, path === "" ? [] : path.split("/"), {
      create: false,
      traversal: place.traversal,
    });
  return guarded("list", directory, () => listDirectory(listing, open, place.namesIn));
}

async function read(place: FsPlace, path: StorePath, options: ReadOptions): Promise<OpenFile> {
  if (options.version !== undefined) throw noVersions(path);
  return guarded("read", path, async () => {
    const file = await openRegularFile(place, path);
    if (!file) throw notFound(path);
    try {
      const info = await infoOf(place, file, path);
      const { start, end } = resolveRange(options.range, info.size, path);
      return {
        ...info,
        bytes: closing(fileBytes(file, path, start, end, options.signal), file),
        close: async () => file.close(),
      };
    } catch (error) {
      file.close();
      throw error;
    }
  });
}

/** A generator that was never begun does not clean up when its reader goes away; this one closes the file. */
function closing(pieces: AsyncGenerator<Uint8Array>, file: Descriptor): AsyncIterable<Uint8Array> {
  return {
    [Symbol.asyncIterator]: () => ({
      next: () => pieces.next(),
      async return() {
        const done = await pieces.return(undefined);
        file.close();
        return done;
      },
    }),
  };
}

const PIECE_BYTES = 256 * 1024;

async function* fileBytes(
  file: Descriptor,
  path: StorePath,
  start: number,
  end: number,
  signal: AbortSignal | undefined,
): AsyncGenerator<Uint8Array> {
  try {
    for (let position = start; position < end;) {
      signal?.throwIfAborted();
      const piece = Buffer.allocUnsafe(Math.min(PIECE_BYTES, end - position));
      const bytesRead = await file.read(piece, 0, piece.byteLength, position);
      if (bytesRead === 0) throw shortened(path);
      yield piece.subarray(0, bytesRead);
      position += bytesRead;
    }
  } catch (error) {
    throw errnoError(error, "read", path);
  } finally {
    file.close();
  }
}

async function guarded<T>(action: FileAction, path: string, body: () => Promise<T>): Promise<T> {
  try {
    return await body();
  } catch (error) {
    throw errnoError(error, action, path);
  }
}

function realRoot(root: string): string {
  try {
    return realpathSync(root);
  } catch (error) {
    throw errnoError(error, "list", root);
  }
}

function refuseMetadata(path: StorePath, { metadata }: WriteOptions): void {
  if (metadata === undefined || Object.keys(metadata).length === 0) return;
  throw new StorageError(
    "STORAGE_UNSUPPORTED",
    `cannot write "${path}" with metadata: a store on disk keeps none; put it in a file beside it`,
    { details: { path, metadata } },
  );
}

function notFound(path: StorePath): StorageError {
  return new StorageError("STORAGE_NOT_FOUND", `cannot read "${path}": no such file; check the path`, {
    details: { path },
  });
}

function noVersions(path: StorePath): StorageError {
  return new StorageError("STORAGE_UNSUPPORTED", `"${path}" has no versions: a store on disk keeps none`, {
    details: { path },
  });
}

function shortened(path: StorePath): StorageError {
  return new StorageError(
    "STORAGE_CONFLICT",
    `"${path}" became shorter while it was read; someone overwrote it in place, read it again`,
    { details: { path } },
  );
}
