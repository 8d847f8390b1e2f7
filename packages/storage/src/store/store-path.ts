import { isTemporaryName } from "../files/temporary-file.ts";
import { StorageError } from "../storage-error.ts";

declare const checked: unique symbol;

/** A path within a store that {@link storePath} has passed. */
export type StorePath = string & { readonly [checked]: true };

const MAX_SEGMENT_BYTES = 255;
const MAX_PATH_BYTES = 1024;

/**
 * Checks the path of a file in a store, before any driver sees it.
 *
 * A path is relative: segments joined by one `/`. No segment is empty, `.` or
 * `..`, ends with a dot, holds a backslash or a control character, has more
 * than 255 bytes, or is a name that the store uses for its temporary files.
 * Unicode is brought to NFC, so that one visible name is one path.
 *
 * @throws {@link StorageError} `STORAGE_PATH_INVALID`.
 */
export function storePath(path: string): StorePath {
  const normal = path.normalize("NFC");
  const fault = normal === "" ? "it is empty" : faultIn(normal);
  if (fault === null) return normal as StorePath;
  throw new StorageError(
    "STORAGE_PATH_INVALID",
    `${JSON.stringify(path)} is not a path in a store: ${fault}`,
    {
      details: { path, fault },
    },
  );
}

/** Checks the path of a directory; `""` is the whole store. @throws as {@link storePath}. */
export function directoryPath(path: string): StorePath | "" {
  return path === "" ? "" : storePath(path);
}

/** Tells whether {@link storePath} passes `path` as it is; what does not cannot be listed either. */
export function isStorePath(path: string): path is StorePath {
  return path !== "" && path.normalize("NFC") === path && faultIn(path) === null;
}

function faultIn(path: string): string | null {
  if (Buffer.byteLength(path) > MAX_PATH_BYTES) return `it has more than ${MAX_PATH_BYTES} bytes`;
  if (!path.isWellFormed()) return "it is not valid Unicode";
  if (path.startsWith("/")) return "it begins with a slash";
  for (const segment of path.split("/")) {
    const fault = faultInSegment(segment);
    if (fault !== null) return fault;
  }
  return null;
}

function faultInSegment(segment: string): string | null {
  if (segment === "") return "a segment is empty";
  if (segment.endsWith(".")) return `the segment "${segment}" ends with a dot`;
  if (/[\p{Cc}\\]/u.test(segment)) return "it holds a control character or a backslash";
  if (Buffer.byteLength(segment) > MAX_SEGMENT_BYTES)
    return `a segment has more than ${MAX_SEGMENT_BYTES} bytes`;
  if (isTemporaryName(segment)) return `the name "${segment}" is reserved for temporary files`;
  return null;
}
