/**
 * Bytes by path.
 *
 * A {@link Location} is what a person names on the command line: a local path,
 * `-`, a web address. It is read whole and written whole, in one step.
 * A {@link Store} is a tree of files for programs, with conditional writes,
 * ranges and pages, on a disk or in a bucket.
 */
export { openLocation } from "./location/open-location.ts";
export type { OpenLocationOptions } from "./location/open-location.ts";
export type { Location, ReadLocationOptions, WriteLocationOptions } from "./location/location.ts";
export { isTemporaryName, sweepTemporaryFiles, temporaryPath } from "./files/temporary-file.ts";
export { openFsStore } from "./fs-store/fs-store.ts";
export type { FsStore, FsStoreOptions } from "./fs-store/fs-store.ts";
export { openS3Store } from "./s3/s3-store.ts";
export type { S3Store, S3StoreOptions } from "./s3/s3-store.ts";
export type { S3Options, S3Quirks } from "./s3/s3-settings.ts";
export { storePath } from "./store/store-path.ts";
export type { StorePath } from "./store/store-path.ts";
export { listAll } from "./store/list-all.ts";
export { probeConditionalWrites } from "./store/probe-conditional-writes.ts";
export type { ConditionalWrites } from "./store/probe-conditional-writes.ts";
export { collectBytes, readAll } from "./store/read-all.ts";
export type { ReadAllOptions } from "./store/read-all.ts";
export { isStorePath } from "./store/store-path.ts";
export { openJournal, readJournal } from "./journal/journal.ts";
export type { AppendOptions, Journal } from "./journal/journal.ts";
export { StorageError } from "./storage-error.ts";
export type { StorageErrorCode } from "./storage-error.ts";
export type {
  Body,
  ByteRange,
  Conditions,
  CopyOptions,
  DeleteOptions,
  FileInfo,
  FileVersion,
  ListEntry,
  ListOptions,
  ListPage,
  OpenFile,
  ReadOptions,
  StatOptions,
  Store,
  StoreSpace,
  WriteOptions,
  Written,
} from "./store/store.ts";
export type { Fetch } from "./http/http-request.ts";
