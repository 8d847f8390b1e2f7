import { link, readFile, stat, unlink, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { lockName, mayBeAlive, temporaryPath } from "../files/temporary-file.ts";
import { StorageError } from "../storage-error.ts";
import { errnoOf } from "./open-directory.ts";

const POLL_MS = 5;
/** The lock of an owner that cannot be asked, being on another machine, is broken after this time. */
const LEASE_MS = 60_000;
/** An owner gives up long before others may break its lock. */
const HOLD_MS = LEASE_MS / 2;

/** Given to the holder of a lock. */
export interface HeldLock {
  /** Fails when the lock was held for so long that it may be lost. Call it right before the change. */
  assertHeld(): void;
}

/**
 * Runs `body` while no other process that uses this function is in it for the same file.
 *
 * The lock is a hidden file beside the file, made by `link`, which is atomic on
 * network file systems too. The lock of a dead process of this machine is
 * broken at once, that of another machine after a minute.
 */
export async function withFileLock<T>(
  directory: string,
  name: string,
  body: (lock: HeldLock) => Promise<T>,
  signal?: AbortSignal,
): Promise<T> {
  const lock = join(directory, lockName(name));
  await acquire(lock, signal);
  const since = performance.now();
  try {
    return await body({
      assertHeld: () => {
        if (performance.now() - since > HOLD_MS) throw heldTooLong(name);
      },
    });
  } finally {
    if (performance.now() - since <= HOLD_MS) await unlink(lock);
  }
}

async function acquire(lock: string, signal: AbortSignal | undefined): Promise<void> {
  const claim = temporaryPath(lock);
  await writeFile(claim, basename(claim), { flag: "wx" });
  try {
    while (!(await linked(claim, lock))) {
      signal?.throwIfAborted();
      if (!(await breakIfStale(lock, claim))) await delay(POLL_MS, undefined, { signal });
    }
  } finally {
    await unlink(claim).catch(() => undefined);
  }
}

/** Tells whether `claim` is now also called `lock`. */
async function linked(claim: string, lock: string): Promise<boolean> {
  try {
    await link(claim, lock);
    return true;
  } catch (error) {
    if (errnoOf(error) === "EEXIST") return false;
    throw error;
  }
}

/**
 * Removes a lock whose owner is gone.
 *
 * Two processes that find the same stale lock must not both remove it: the
 * second would remove the lock that the first then took. So removing needs a
 * lock of its own, and the owner is looked at again under it.
 */
async function breakIfStale(lock: string, claim: string): Promise<boolean> {
  const owner = await staleOwner(lock);
  if (owner === null) return false;

  const breaking = join(lock, "..", lockName(basename(lock)));
  if (!(await linked(claim, breaking))) {
    if ((await staleOwner(breaking)) !== null) await unlink(breaking).catch(() => undefined);
    return false;
  }
  try {
    if ((await staleOwner(lock)) === owner) await unlink(lock);
  } finally {
    await unlink(breaking).catch(() => undefined);
  }
  return true;
}

/** Who left this lock behind, or null where its owner may still be at work. */
async function staleOwner(lock: string): Promise<string | null> {
  try {
    const owner = await readFile(lock, "utf8");
    if (!mayBeAlive(owner)) return owner;
    const { ctimeMs } = await stat(lock);
    return Date.now() - ctimeMs > LEASE_MS ? owner : null;
  } catch (error) {
    if (errnoOf(error) === "ENOENT") return null;
    throw error;
  }
}

function heldTooLong(name: string): StorageError {
  return new StorageError(
    "STORAGE_UNAVAILABLE",
    `cannot write "${name}": checking its old contents took more than ${HOLD_MS / 1000} seconds; try again`,
    { details: { name, limitMs: HOLD_MS } },
  );
}
