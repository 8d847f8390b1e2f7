import { startLoop } from "../operations/start-loop.ts";
import type { Platform } from "../platform.ts";
import { indexMounts, indexPath } from "./file-index.ts";

/** What keeps the index of files up to date. */
export interface Indexing extends AsyncDisposable {
  /** Says that something at these paths has changed; it is looked at soon. */
  changed(...paths: readonly string[]): void;
}

/** How long to wait between two looks at everything, in milliseconds; longer where a look takes long. */
const EVERY_MS = 60_000;
const TIMES_LONGER = 20;

type Parts = Pick<Platform, "driver" | "mounts" | "user" | "closing" | "report">;

/** Looks through all mounts again and again, and at what somebody changes through the server at once. */
export function startIndexing(parts: Parts): Indexing {
  let last = Promise.resolve();
  const loop = startLoop({
    async pass() {
      const began = performance.now();
      await indexMounts(parts);
      return Math.max(EVERY_MS, (performance.now() - began) * TIMES_LONGER);
    },
    onFailed: (error) =>
      parts.report("files could not be looked through for the search, which is tried again", error),
    retryMs: EVERY_MS,
  });
  return {
    changed(...paths) {
      for (const path of paths)
        last = last
          .then(() => (parts.closing.aborted ? undefined : indexPath(parts, path)))
          .catch((error: unknown) => parts.report(`"${path}" could not be made to be found`, error));
    },
    async [Symbol.asyncDispose]() {
      await loop[Symbol.asyncDispose]();
      await last;
    },
  };
}
