import {
  isSourceUnused,
  looseFiles,
  noteLooseFiles,
  noteSourceDropped,
  settleLooseFiles,
  unusedSources,
  withSourceFiles,
} from "@notemill/store";
import type { Platform } from "../platform.ts";
import type { Walk } from "./walks.ts";

type Parts = Pick<Platform, "driver" | "sources" | "now">;

/** How many sources are looked at together. */
const SOURCES = 200;

/** How many files are let go by one look at all lists. */
const FILES = 5000;

/** Goes through the sources for those that nothing that stays needs. */
export function walkUnusedSources({ driver }: Pick<Platform, "driver">): Walk<string> {
  let after: string | null = null;
  return {
    async next() {
      const page = await unusedSources(driver, { after, count: SOURCES });
      after = page.next;
      return { found: page.hashes, isOver: after === null };
    },
  };
}

/**
 * Lets the lists of sources go. Their files may belong to other sources too: {@link dropLooseFiles} finds out.
 *
 * @returns How many have gone.
 */
export async function dropSources(
  { driver, sources, now }: Parts,
  hashes: readonly string[],
): Promise<number> {
  let count = 0;
  for (const hash of hashes) {
    // Noted first: after a crash in between they are looked at, and found in use.
    await noteLooseFiles(driver, await filesOf(sources, hash));
    const hasGone = await withSourceFiles(driver, async (queries) => {
      if (!(await isSourceUnused(queries, hash)) || !(await sources.removeList(hash))) return false;
      await noteSourceDropped(queries, hash, now());
      return true;
    });
    if (hasGone) count += 1;
  }
  return count;
}

/** Lets files of sources go that no source has any longer. @returns How many. */
export async function dropLooseFiles({ driver, sources }: Parts): Promise<number> {
  const candidates = await looseFiles(driver, FILES);
  if (candidates.length === 0) return 0;
  const unused = new Set(candidates);
  for await (const hash of sources.hashes()) {
    if (unused.size === 0) break;
    for (const sha256 of await filesOf(sources, hash)) unused.delete(sha256);
  }
  let count = 0;
  for (const sha256 of unused) {
    // One that somebody has written of late is on its way to a source.
    if (await withSourceFiles(driver, () => sources.removeFile(sha256))) count += 1;
  }
  await settleLooseFiles(driver, candidates);
  return count;
}

async function filesOf(sources: Platform["sources"], hash: string): Promise<readonly string[]> {
  const list = await sources.find(hash);
  return list === null ? [] : list.files.map(({ sha256 }) => sha256);
}
