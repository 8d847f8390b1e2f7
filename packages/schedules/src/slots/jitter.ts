import type { Instant } from "./time-trigger.ts";

/** What a delay is made from. */
export interface JitterFacts {
  /** Id of what is delayed, such as a trigger's. */
  readonly id: string;
  /** Which time it is: the slot, or the number of an attempt. */
  readonly at: Instant;
  /** The longest delay. 0 for none. */
  readonly maxMs: number;
}

/**
 * A delay from 0 to `maxMs`, both included, that is always the same for the same facts.
 *
 * Triggers that share a slot are spread evenly, and each server that computes
 * the delay of a slot gets the same.
 */
export function jitterMs({ id, at, maxMs }: JitterFacts): number {
  const share = hash32(`${id}\n${at}`) / 2 ** 32;
  return Math.floor(share * (Math.max(0, Math.floor(maxMs)) + 1));
}

/** FNV-1a over UTF-16 units, then stirred, since its high bits alone hardly move for texts with a like end. */
function hash32(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
