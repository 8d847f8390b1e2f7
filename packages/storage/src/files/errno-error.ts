import { isCodedError } from "@notemill/errors";
import { StorageError, type StorageErrorCode } from "../storage-error.ts";

/** What was being done when the operating system refused. */
export type FileAction = "read" | "write" | "list" | "delete";

interface Meaning {
  readonly code: StorageErrorCode;
  readonly says: string;
}

const SAME_FOR_ALL: Readonly<Record<string, Meaning>> = {
  EACCES: { code: "STORAGE_FORBIDDEN", says: "permission denied; check the owner and mode of the path" },
  EPERM: { code: "STORAGE_FORBIDDEN", says: "not permitted; check the owner and attributes of the path" },
  EISDIR: { code: "STORAGE_IS_DIRECTORY", says: "it is a directory; name a file in it" },
  EROFS: { code: "STORAGE_READ_ONLY", says: "the file system is read-only; choose another path" },
  ENOSPC: { code: "STORAGE_FULL", says: "no space left on the device; free some or choose another path" },
  EDQUOT: { code: "STORAGE_FULL", says: "the disk quota is used up; free some or choose another path" },
  EFBIG: { code: "STORAGE_FULL", says: "the file would pass the size limit of this process or file system" },
  ENAMETOOLONG: { code: "STORAGE_PATH_INVALID", says: "the name is too long for the file system" },
  ELOOP: { code: "STORAGE_PATH_INVALID", says: "its symbolic links lead in a circle or out of the store" },
  ERR_INVALID_ARG_VALUE: { code: "STORAGE_PATH_INVALID", says: "a path holds no NUL character" },
  EMFILE: { code: "STORAGE_UNAVAILABLE", says: "too many open files; raise the limit (ulimit -n)" },
  ENFILE: { code: "STORAGE_UNAVAILABLE", says: "too many open files on this machine" },
  ESTALE: { code: "STORAGE_UNAVAILABLE", says: "the network file system lost the file; try again" },
  ETIMEDOUT: { code: "STORAGE_UNAVAILABLE", says: "the file system did not answer; try again" },
  EBADF: { code: "STORAGE_UNAVAILABLE", says: "no such descriptor is open" },
  ERR_STREAM_DESTROYED: { code: "STORAGE_UNAVAILABLE", says: "it is closed already" },
  ERR_STREAM_WRITE_AFTER_END: { code: "STORAGE_UNAVAILABLE", says: "it is closed already" },
  EPIPE: { code: "STORAGE_UNAVAILABLE", says: "the reader at the other end has gone away" },
};

const NOT_THERE: Meaning = { code: "STORAGE_NOT_FOUND", says: "no such file; check the path" };
const NO_DIRECTORY: Meaning = {
  code: "STORAGE_NO_DIRECTORY",
  says: "its directory does not exist; create it first",
};

/**
 * Turns an error of the operating system into a {@link StorageError} that says what to do.
 *
 * Coded errors and aborts come back as they are, so that it can wrap any block.
 */
export function errnoError(cause: unknown, action: FileAction, path: string): unknown {
  if (!(cause instanceof Error) || !("code" in cause) || isCodedError(cause)) return cause;
  if (cause.name === "AbortError") return cause;

  const errno = String(cause.code);
  const { code, says } = meaningOf(errno, action);
  return new StorageError(code, `cannot ${action} "${path}": ${says}`, {
    cause,
    details: { path, action, errno },
  });
}

function meaningOf(errno: string, action: FileAction): Meaning {
  if (errno === "ENOENT" || errno === "ENOTDIR") return action === "write" ? NO_DIRECTORY : NOT_THERE;
  return SAME_FOR_ALL[errno] ?? { code: "STORAGE_FAILED", says: `the system reports ${errno}` };
}
