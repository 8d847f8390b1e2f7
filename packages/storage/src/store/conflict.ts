import { StorageError } from "../storage-error.ts";
import type { Conditions } from "./store.ts";

/** The error for a condition that does not hold. */
export function conflict(path: string, { ifNoneMatch, ifMatch }: Conditions, cause?: unknown): StorageError {
  const why =
    ifNoneMatch === undefined
      ? `it no longer has the etag "${ifMatch}"; read it again and merge`
      : "it exists already; choose another name";
  return new StorageError("STORAGE_CONFLICT", `cannot change "${path}": ${why}`, {
    ...(cause !== undefined && { cause }),
    details: { path, ifNoneMatch, ifMatch },
  });
}
