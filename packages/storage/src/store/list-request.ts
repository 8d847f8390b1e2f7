import { StorageError } from "../storage-error.ts";
import type { ListOptions } from "./store.ts";

/** The most entries of one page, which is S3's limit. */
const MAX_PAGE = 1000;

/** The page size that was asked for. @throws {@link StorageError} `STORAGE_RANGE_INVALID`. */
export function pageLimit({ limit = MAX_PAGE }: ListOptions): number {
  if (Number.isInteger(limit) && limit >= 1 && limit <= MAX_PAGE) return limit;
  throw new StorageError("STORAGE_RANGE_INVALID", `a page has 1 to ${MAX_PAGE} entries, not ${limit}`, {
    details: { limit },
  });
}
