import type { Driver, Queries } from "./driver.ts";

/** How long a batch waits for what somebody else has locked: two seconds, or until it is let go of. */
export type Patience = "brief" | "endless";

const BRIEF_MS = 2000;

/**
 * Runs `body` in a transaction, for some who may have nothing to do with each other: where one of them
 * would have to wait long, a brief one throws, so that they can be tried one by one and only that one waits.
 */
export async function inBatch<T>(
  driver: Driver,
  patience: Patience,
  body: (queries: Queries) => Promise<T>,
): Promise<T> {
  return driver.tx(body, patience === "brief" ? { lockTimeoutMs: BRIEF_MS } : {});
}
