import { StorageError } from "../storage-error.ts";
import type { ByteRange } from "./store.ts";

/** A range within a file of known size: `end` is past the last byte. */
export interface ResolvedRange {
  readonly start: number;
  readonly end: number;
}

/**
 * Cuts a range to the size of the file.
 *
 * @throws {@link StorageError} `STORAGE_RANGE_INVALID` where it is empty, backwards,
 * not in whole bytes, or begins at or after the end of the file.
 */
export function resolveRange(range: ByteRange | undefined, size: number, path: string): ResolvedRange {
  if (!range) return { start: 0, end: size };
  checkRange(range, path);
  // The first byte of an empty file may be asked for: nothing comes.
  if (range.start >= size && range.start > 0) throw outOfRange(range, path, `the file has ${size} bytes`);
  return { start: range.start, end: Math.min(range.end ?? size, size) };
}

/** The checks that need no size. @throws {@link StorageError} `STORAGE_RANGE_INVALID`. */
export function checkRange(range: ByteRange, path: string): void {
  const { start, end = start + 1 } = range;
  if (!Number.isSafeInteger(start) || !Number.isSafeInteger(end)) {
    throw outOfRange(range, path, "give whole numbers of bytes");
  }
  if (start < 0 || end <= start) throw outOfRange(range, path, "it must not be negative, empty or backwards");
}

/** The error for bytes that a file does not have. */
export function outOfRange({ start, end }: ByteRange, path: string, why: string): StorageError {
  return new StorageError(
    "STORAGE_RANGE_INVALID",
    `cannot read bytes ${start} to ${end ?? "the end"} of "${path}": ${why}`,
    { details: { path, start, end } },
  );
}
