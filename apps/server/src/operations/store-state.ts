import type { StoreState } from "@notemill/api";
import type { Store } from "@notemill/storage";
import { within } from "./within.ts";

/** How long a store may take to count as usable, in milliseconds. */
const PATIENCE_MS = 2000;

/** How long what was seen of a store counts, in milliseconds: many may look at the same time. */
const FRESH_MS = 10_000;

const seen = new WeakMap<Store, { readonly at: number; readonly state: Promise<StoreState> }>();

/** Looks how a store is: whether it answers, and how much room there is. */
export function storeState(store: Store, now: Date): Promise<StoreState> {
  const last = seen.get(store);
  if (last !== undefined && Math.abs(now.getTime() - last.at) < FRESH_MS) return last.state;
  const state = look(store);
  seen.set(store, { at: now.getTime(), state });
  return state;
}

async function look(store: Store): Promise<StoreState> {
  try {
    // What says how much room there is need not be listed, which takes a while for large directories.
    if (store.space === undefined) await within(store.list("", { limit: 1 }), PATIENCE_MS);
    const space = store.space === undefined ? null : await within(store.space(), PATIENCE_MS);
    return {
      problem: null,
      space: space === null ? null : { free_bytes: space.freeBytes, total_bytes: space.totalBytes },
    };
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error), space: null };
  }
}
