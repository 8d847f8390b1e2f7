import type { Chunks } from "../files/write-chunks.ts";

/** The bytes of a {@link Store.write}: all at once, or in pieces (strings are encoded as UTF-8). */
export type Body = string | Uint8Array | Chunks;

/**
 * Files by path, on a disk or in a bucket.
 *
 * A path is relative, with `/` between segments, and passes {@link storePath}
 * before a driver sees it. Writing a file makes the directories above it.
 * Every method throws {@link StorageError}.
 */
export interface Store {
  /** The name to show to people: a directory or a URL, without credentials. */
  describe(): string;

  /** What is known about a file, or null where there is none. */
  stat(path: string, options?: StatOptions): Promise<FileInfo | null>;

  /**
   * One page of what is in a directory, in code point order.
   *
   * A directory that does not exist is empty. Ask again with `cursor` until there is no `next`.
   */
  list(directory: string, options?: ListOptions): Promise<ListPage>;

  /** The bytes of a file. @throws `STORAGE_NOT_FOUND`, `STORAGE_RANGE_INVALID`. */
  read(path: string, options?: ReadOptions): Promise<OpenFile>;

  /**
   * Creates or replaces a file in one step; it is durable when this resolves.
   *
   * @throws `STORAGE_CONFLICT` where a condition does not hold; then nothing was changed.
   */
  write(path: string, body: Body, options?: WriteOptions): Promise<Written>;

  /** Copies one file within the store. @throws `STORAGE_NOT_FOUND`, `STORAGE_CONFLICT`. */
  copy(from: string, to: string, options?: CopyOptions): Promise<Written>;

  /** Removes a file and tells whether there was one. @throws `STORAGE_CONFLICT`. */
  delete(path: string, options?: DeleteOptions): Promise<boolean>;

  /** Makes an empty directory; one that is there stays as it is. */
  makeDirectory(path: string, options?: StatOptions): Promise<void>;

  /** Removes an empty directory, and tells whether it did: one that is not empty stays. */
  removeDirectory(path: string, options?: StatOptions): Promise<boolean>;

  /** Tells whether there is a directory, which may be empty. */
  hasDirectory(path: string, options?: StatOptions): Promise<boolean>;

  /** The kept versions of a file, newest first. Absent where the store keeps none. */
  readonly versions?: (path: string, options?: StatOptions) => Promise<readonly FileVersion[]>;

  /** How much room there is on the disk. Absent where the store has no end that anybody knows. */
  readonly space?: () => Promise<StoreSpace>;
}

/** What {@link Store.space} tells, in bytes. */
export interface StoreSpace {
  /** What the user of the process may still write. */
  readonly freeBytes: number;
  readonly totalBytes: number;
}

/** What {@link Store.stat} tells. */
export interface FileInfo {
  readonly path: string;
  readonly size: number;
  readonly modifiedAt: Date;
  /** Changes whenever the bytes change. Opaque, unquoted; only meant for conditions on this file. */
  readonly etag: string;
  readonly contentType?: string;
  readonly contentEncoding?: string;
  readonly metadata?: Readonly<Record<string, string>>;
}

/** Options that every operation has. */
export interface StatOptions {
  readonly signal?: AbortSignal;
}

/** Options of {@link Store.list}. */
export interface ListOptions extends StatOptions {
  /**
   * Files at any depth instead of files and directories at this one. Default false.
   * Directories below that may not be opened are left out.
   */
  readonly recursive?: boolean;
  /** At most this many entries; a page may be shorter. Default and maximum 1,000. */
  readonly limit?: number;
  /** `next` of the page before. */
  readonly cursor?: string;
  /** Passes the names of what is wanted; of a recursive listing those of files. A page may then have nothing and a `next`. */
  readonly match?: (name: string) => boolean;
}

/** One page of {@link Store.list}. */
export interface ListPage {
  readonly entries: readonly ListEntry[];
  readonly next?: string;
}

/** One thing in a directory. */
export type ListEntry =
  | { readonly kind: "file"; readonly path: string; readonly size: number; readonly modifiedAt: Date }
  | { readonly kind: "directory"; readonly path: string };

/** Options of {@link Store.read}. */
export interface ReadOptions extends StatOptions {
  readonly range?: ByteRange;
  /** One of {@link Store.versions}. */
  readonly version?: string;
}

/** Bytes from `start` to just before `end`, or to the end of the file; an `end` past it is cut off. */
export interface ByteRange {
  readonly start: number;
  readonly end?: number;
}

/** An open file: its facts, and its bytes to be read once. */
export interface OpenFile extends FileInfo {
  /** To be read once, to the end or until the loop is left; that closes the file. */
  readonly bytes: AsyncIterable<Uint8Array>;
  /** Closes a file whose bytes are not wanted after all. */
  close(): Promise<void>;
}

/** What must be true of the file for a write to happen. */
export interface Conditions {
  /** Only if there is no file yet. */
  readonly ifNoneMatch?: "*";
  /** Only if the file has this etag. */
  readonly ifMatch?: string;
}

/** Options of {@link Store.write}. */
export interface WriteOptions extends StatOptions, Conditions {
  readonly contentType?: string;
  /** Short texts kept with the file. A store that cannot keep them refuses the write. */
  readonly metadata?: Readonly<Record<string, string>>;
}

/** Options of {@link Store.copy}; the conditions are about the target. */
export interface CopyOptions extends StatOptions, Conditions {}

/** Options of {@link Store.delete}. */
export interface DeleteOptions extends StatOptions, Pick<Conditions, "ifMatch"> {
  /** Removes one kept version for good. */
  readonly version?: string;
}

/** What a write made. */
export interface Written {
  readonly etag: string;
  readonly size: number;
  readonly version?: string;
}

/** One kept version of a file. */
export interface FileVersion {
  readonly version: string;
  readonly isLatest: boolean;
  /** This version says that the file was deleted. */
  readonly isDeletion: boolean;
  readonly modifiedAt: Date;
  readonly etag?: string;
  readonly size?: number;
}
