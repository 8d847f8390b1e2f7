import { dropOldSaves, dropUnusedBlobs, pruneOldVersions } from "@notemill/store";
import type { Platform } from "../platform.ts";

/** How often old versions are let go, in milliseconds. */
const TIDY_MS = 3_600_000;

/** After this a save that has left no version has not happened, in milliseconds. */
const SAVE_MS = 86_400_000;

const BATCH = 1000;

/** Lets go of versions that are too old, and of bytes that nobody has, again and again. */
export function startTidying(platform: Platform): AsyncDisposable {
  let last = Promise.resolve();
  const timer = setInterval(() => {
    last = last
      .then(() => tidyVersions(platform))
      .catch((error: unknown) =>
        platform.report("old versions of files could not be let go, which is tried again", error),
      );
  }, TIDY_MS);
  return {
    async [Symbol.asyncDispose]() {
      clearInterval(timer);
      await last;
    },
  };
}

/** Does it once. */
async function tidyVersions({ driver, versions, keepVersions, now, closing }: Platform): Promise<void> {
  const at = now().getTime();
  const policy = { replacedBefore: new Date(at - keepVersions.forMs), limit: BATCH };
  await dropOldSaves(driver, new Date(at - SAVE_MS));
  while (!closing.aborted && (await pruneOldVersions(driver, policy)) === BATCH);
  for (let isFull = true; isFull && !closing.aborted;) {
    const keys = await dropUnusedBlobs(driver, BATCH);
    for (const key of keys) await versions.remove(key);
    isFull = keys.length === BATCH;
  }
}
