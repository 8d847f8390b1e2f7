import { isCodedError } from "@notemill/errors";
import type { OpenFile } from "@notemill/storage";
import { liveAttempt, type StoredRun, wantNotebook } from "@notemill/store";
import type { Platform } from "../platform.ts";

/** A notebook that is not older than this is taken as it is, in milliseconds. */
const FRESH_MS = 1000;
/** How long a runner may take to hand one in, in milliseconds. */
const WAIT_MS = 5000;

/**
 * The output notebook of a run that is under way, as it is now: its runner is asked
 * for it, at most once a second. Null where it does not run, or has none yet.
 */
export async function liveNotebook(platform: Platform, run: StoredRun): Promise<OpenFile | null> {
  const { driver, live, wakeups, now, closing } = platform;
  const attempt = await liveAttempt(driver, run.id);
  if (attempt === null) return null;
  const path = livePath(attempt.id);
  const known = await live.stat(path);
  if (known !== null && now().getTime() - known.modifiedAt.getTime() < FRESH_MS) return open(platform, path);

  await wantNotebook(driver, attempt.id);
  for (const until = now().getTime() + WAIT_MS; now().getTime() < until && !closing.aborted;) {
    const current = await liveAttempt(driver, run.id);
    if (current?.id !== attempt.id || current.notebookCount > attempt.notebookCount) break;
    await wakeups.untilRunChanged(run.id, WAIT_MS / 10, closing);
  }
  // An older one is better than none, when the runner is away.
  return open(platform, path);
}

/** Where the output notebook of an attempt that runs is kept. */
export function livePath(attemptId: string): string {
  return `${attemptId}.ipynb`;
}

async function open({ live }: Platform, path: string): Promise<OpenFile | null> {
  return live.read(path).catch((error: unknown) => {
    if (isCodedError(error) && error.code === "STORAGE_NOT_FOUND") return null;
    throw error;
  });
}
