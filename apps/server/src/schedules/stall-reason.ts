import { isCodedError } from "@notemill/errors";
import type { SkipReason, StoredTrigger } from "@notemill/store";
import { problemOf } from "../http/problem.ts";

/** Why a schedule cannot be fired, and what helps, for whoever looks at it: without what only the log is to have. */
export function stallReason({ path }: Pick<StoredTrigger, "path">, error: unknown): SkipReason {
  const { code, detail } = problemOf(error);
  const remedy = isCodedError(error) ? REMEDIES[error.code] : undefined;
  if (!isCodedError(error) || path === null || remedy === undefined) return { code, message: detail };
  return { code: error.code, message: `"${path}" or a file that it declares ${remedy}` };
}

const REMEDIES: Readonly<Record<string, string>> = {
  STORAGE_FORBIDDEN: "may not be read by the server; give it the right to",
  STORAGE_TOO_LARGE: "is larger than what a source may have; make it smaller, or read it from elsewhere",
  STORAGE_IS_DIRECTORY: "is a directory; give the schedule the path of a notebook",
  STORAGE_UNAVAILABLE: "cannot be read while its store is away; the schedule goes on when it is back",
};
