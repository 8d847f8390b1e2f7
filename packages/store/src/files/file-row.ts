import type { Row } from "../driver/driver.ts";

/** How a version came about; `found` is a change that was not made through the server. */
export type FileChange = "saved" | "found" | "moved" | "copied" | "restored" | "deleted";

/** One version of a file. */
export interface StoredFileVersion {
  /** Canonical virtual path. */
  readonly path: string;
  /** Counts the versions of a path, from 1. */
  readonly number: number;
  readonly kind: FileChange;
  /** Hash of the bytes; null for a deletion. */
  readonly sha256: string | null;
  readonly size: number | null;
  /** What the store of the file called these bytes; null for a deletion. */
  readonly etag: string | null;
  /** Null where the change was not made through the server. */
  readonly author: string | null;
  /** Where a moved or copied file came from, or a deleted one went to. */
  readonly otherPath: string | null;
  readonly createdAt: Date;
}

/** The columns of a {@link StoredFileVersion}. */
export const VERSION_COLUMNS = `file_version.path, file_version.number, file_version.kind, file_version.sha256,
  file_version.size::float8 as size, file_version.etag, file_version.author, file_version.other_path as "otherPath",
  file_version.created_at as "createdAt"`;

/** Reads rows of {@link VERSION_COLUMNS}: the columns are named as the fields are. */
export function toVersions(rows: readonly Row[]): readonly StoredFileVersion[] {
  return rows as unknown as readonly StoredFileVersion[];
}
