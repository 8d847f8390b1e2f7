import { isCodedError } from "@notemill/errors";
import type { Conditions, Store } from "./store.ts";

/** What {@link probeConditionalWrites} found. */
export interface ConditionalWrites {
  /** `ifNoneMatch` refuses to overwrite, and of four writers at once one wins. */
  readonly create: boolean;
  /** `ifMatch` takes the current etag, refuses an old one, and of four writers at once one wins. */
  readonly replace: boolean;
}

const RACERS = 4;

/**
 * Finds out whether a store honours conditions, by writing with them.
 *
 * Some S3 servers accept a conditional write and overwrite all the same, so a
 * store for records is tried at start-up. The file that was written is removed.
 *
 * @param path - A path that is not in use; random, so that two probes do not meet.
 * @throws {@link StorageError} where the store fails in another way.
 */
export async function probeConditionalWrites(store: Store, path: string): Promise<ConditionalWrites> {
  try {
    const create =
      (await winners(store, path, "create", { ifNoneMatch: "*" })) === 1 &&
      !(await accepted(store, path, "again", { ifNoneMatch: "*" }));
    const replace = await probeReplace(store, path);
    return { create, replace };
  } finally {
    await store.delete(path);
  }
}

async function probeReplace(store: Store, path: string): Promise<boolean> {
  const { etag: old } = await store.write(path, "old");
  const raced = await winners(store, path, "replace", { ifMatch: old });
  return raced === 1 && !(await accepted(store, path, "stale", { ifMatch: old }));
}

async function winners(store: Store, path: string, text: string, conditions: Conditions): Promise<number> {
  const racers = Array.from({ length: RACERS }, (_, racer) =>
    accepted(store, path, `${text} ${racer}`, conditions),
  );
  return (await Promise.all(racers)).filter((won) => won).length;
}

async function accepted(store: Store, path: string, text: string, conditions: Conditions): Promise<boolean> {
  try {
    await store.write(path, text, conditions);
    return true;
  } catch (error) {
    if (isCodedError(error) && error.code === "STORAGE_CONFLICT") return false;
    throw error;
  }
}
