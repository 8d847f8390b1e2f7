import type { FilePage } from "@notemill/api";
import type { Platform } from "../platform.ts";
import { directoryAt } from "./find-file.ts";
import { explainedError, fileNotFound } from "./file-problems.ts";
import { presentDirectory, presentEntry } from "./present-file.ts";

/**
 * Lists a page of a directory.
 *
 * @throws {@link ServerError} `FILE_NOT_FOUND` where there is no such directory.
 */
export async function listFiles(
  platform: Platform,
  given: string,
  { cursor, limit }: { readonly cursor?: string | undefined; readonly limit: number },
): Promise<FilePage> {
  const directory = directoryAt(platform, given);
  const { virtualPath } = directory;
  const above = virtualPath === "/" ? "" : virtualPath;
  if (directory.kind === "mounts") {
    const entries = directory.names.map((name) => presentDirectory(`${above}/${name}`, false));
    return { path: virtualPath, entries, next: null };
  }
  const { store, path, isReadOnly } = directory;
  const page = await store
    .list(path, { limit, ...(cursor === undefined ? {} : { cursor }) })
    .catch((error: unknown) => {
      throw explainedError(error, directory);
    });
  if (page.entries.length === 0 && path !== "" && !(await store.hasDirectory(path)))
    throw fileNotFound(directory);
  const skip = path === "" ? 0 : path.length + 1;
  const entries = page.entries.map((entry) =>
    presentEntry(entry, `${above}/${entry.path.slice(skip)}`, !isReadOnly),
  );
  return { path: virtualPath, entries, next: page.next ?? null };
}
