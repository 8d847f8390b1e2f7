import { isCodedError } from "@notemill/errors";
import type { Mounted } from "../mounts/mount-table.ts";
import { ServerError } from "../server-error.ts";
import type { SeenFile } from "./look-at-file.ts";

/** Says that there is no such file. */
export function fileNotFound({ virtualPath }: Pick<Mounted, "virtualPath">, cause?: unknown): ServerError {
  return new ServerError("FILE_NOT_FOUND", `there is no file "${virtualPath}"`, {
    cause,
    details: { path: virtualPath },
  });
}

/** Says that a file is not what somebody has read, and what it is now. */
export function fileChanged({ virtualPath }: Mounted, { info, version }: SeenFile): ServerError {
  const current =
    info === null
      ? null
      : {
          etag: `"${info.etag}"`,
          size: info.size,
          modified_at: info.modifiedAt.toISOString(),
          version: version?.number ?? null,
          author: version?.author ?? null,
        };
  const why =
    current === null
      ? "it has been deleted"
      : `it is now ${current.etag}${current.version === null ? "" : `, version ${current.version}`}`;
  return new ServerError(
    "FILE_CHANGED",
    `"${virtualPath}" is not what was read: ${why}; read it again and merge`,
    { details: { path: virtualPath, current } },
  );
}

/** Says that there is such a file already, and what it is. */
export function fileExists(file: Mounted, seen: SeenFile): ServerError {
  const { details } = fileChanged(file, seen);
  return new ServerError(
    "FILE_EXISTS",
    `there is a file "${file.virtualPath}" already; choose another name, or replace what was read with If-Match`,
    { details },
  );
}

/** @throws {@link ServerError} `FILE_READ_ONLY`. */
export function refuseReadOnly({ virtualPath, isReadOnly }: Mounted): void {
  if (!isReadOnly) return;
  throw new ServerError(
    "FILE_READ_ONLY",
    `"${virtualPath}" is not changed by anybody, as a record or since the server only shows it; copy it first`,
    {
      details: { path: virtualPath },
    },
  );
}

/** Says that a directory stands where a file was meant. */
export function isDirectory({ virtualPath }: Mounted, cause?: unknown): ServerError {
  return new ServerError("FILE_IS_DIRECTORY", `"${virtualPath}" is a directory, or lies below a file`, {
    cause,
    details: { path: virtualPath },
  });
}

/** Gives an error of a store the code that a client of files understands. */
export function explainedError(error: unknown, file: Mounted): unknown {
  if (!isCodedError(error)) return error;
  if (error.code === "STORAGE_NOT_FOUND") return fileNotFound(file, error);
  if (error.code === "STORAGE_IS_DIRECTORY" || error.code === "STORAGE_NO_DIRECTORY")
    return isDirectory(file, error);
  return error;
}

/** Whether somebody else was faster. */
export function isConflict(error: unknown): boolean {
  return isCodedError(error) && (error.code === "STORAGE_CONFLICT" || error.code === "STORAGE_NOT_FOUND");
}
