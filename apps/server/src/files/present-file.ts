import { posix } from "node:path";
import type { File, FileVersion } from "@notemill/api";
import type { FileInfo, ListEntry } from "@notemill/storage";
import type { StoredFileVersion } from "@notemill/store";

/** A file as the API shows it. */
export function presentFile(
  virtualPath: string,
  info: FileInfo,
  { version, isWritable }: { readonly version: number | null; readonly isWritable: boolean },
): File {
  return {
    kind: "file",
    path: virtualPath,
    name: posix.basename(virtualPath),
    is_writable: isWritable,
    size: info.size,
    modified_at: info.modifiedAt.toISOString(),
    etag: `"${info.etag}"`,
    version,
  };
}

/** A directory as the API shows it. */
export function presentDirectory(virtualPath: string, isWritable: boolean): File {
  return {
    kind: "directory",
    path: virtualPath,
    name: posix.basename(virtualPath),
    is_writable: isWritable,
    size: null,
    modified_at: null,
    etag: null,
    version: null,
  };
}

/** What a list of a directory has as the API shows it. */
export function presentEntry(entry: ListEntry, virtualPath: string, isWritable: boolean): File {
  const directory = presentDirectory(virtualPath, isWritable);
  if (entry.kind === "directory") return directory;
  return { ...directory, kind: "file", size: entry.size, modified_at: entry.modifiedAt.toISOString() };
}

/** A version as the API shows it. */
export function presentVersion(version: StoredFileVersion): FileVersion {
  return {
    path: version.path,
    version: version.number,
    change: version.kind,
    author: version.author,
    created_at: version.createdAt.toISOString(),
    size: version.size,
    sha256: version.sha256,
    other_path: version.otherPath,
  };
}
