import { knownBlobKeys } from "@notemill/store";
import type { Platform } from "../platform.ts";
import { DAY_MS } from "./policy.ts";
import type { Walk } from "./walks.ts";

/** How many are looked at together. */
const BLOBS = 500;

/** Goes through the bytes of versions for those of saves that a crash has ended, a day ago or earlier. */
export function walkLostVersions({ driver, versions, now }: Platform): Walk<string> {
  let cursor: string | undefined;
  return {
    async next() {
      const { kept, next } = await versions.list(cursor, BLOBS);
      cursor = next;
      const old = kept.filter(({ writtenAt }) => now().getTime() - writtenAt.getTime() > DAY_MS);
      const known = await knownBlobKeys(
        driver,
        old.map(({ key }) => key),
      );
      const found = old.map(({ key }) => key).filter((key) => !known.has(key));
      return { found, isOver: next === undefined };
    },
  };
}
