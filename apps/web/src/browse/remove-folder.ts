import type { File } from "@notemill/api";
import { server } from "../server/server.ts";

/** A folder of more is not deleted here, since to bring it back takes a request for each. */
const MOST = 1000;

/**
 * Deletes a folder with all that is in it.
 *
 * @returns How many files it had, and what brings all of it back.
 */
export async function removeFolder(
  path: string,
): Promise<{ readonly files: number; readonly restore: () => Promise<void> }> {
  const inside = await allIn(path);
  await server.deleteFile(path, { isRecursive: true });
  const files = inside.filter(({ kind }) => kind === "file");
  return {
    files: files.length,
    async restore() {
      await server.makeDirectory(path);
      for (const { kind, path: at } of inside) if (kind === "directory") await server.makeDirectory(at);
      for (const { path: at } of files) await server.restoreFile({ path: at });
    },
  };
}

/** All that is in a folder, each directory before what is in it. */
async function allIn(path: string): Promise<readonly File[]> {
  const found: File[] = [];
  const waiting = [path];
  for (const directory of waiting) {
    let cursor: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof server.listFiles>> = await server.listFiles(directory, {
        limit: MOST,
        ...(cursor === null ? {} : { cursor }),
      });
      found.push(...page.entries);
      waiting.push(...page.entries.filter(({ kind }) => kind === "directory").map((it) => it.path));
      cursor = page.next;
      if (found.length > MOST)
        throw new Error(`more than ${MOST} files are in it; delete what is in it first`);
    } while (cursor !== null);
  }
  return found;
}
