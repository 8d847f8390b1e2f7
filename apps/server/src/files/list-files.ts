import type { FilePage } from "@notemill/api";
import type { ListPage, Store } from "@notemill/storage";
import type { Platform } from "../platform.ts";
import { directoryAt } from "./find-file.ts";
import { explainedError, fileNotFound } from "./file-problems.ts";
import { presentDirectory, presentEntry } from "./present-file.ts";

/** Pages of a store that are looked through for names; a bucket may have a thousand of them. */
const MOST_PAGES = 20;

/** Which part of a directory is listed. */
interface Wanted {
  readonly cursor?: string | undefined;
  readonly limit: number;
  /** What names have in them, whatever its case. */
  readonly name?: string | undefined;
}

/**
 * Lists a page of a directory.
 *
 * @throws {@link ServerError} `FILE_NOT_FOUND` where there is no such directory.
 */
export async function listFiles(platform: Platform, given: string, wanted: Wanted): Promise<FilePage> {
  const directory = directoryAt(platform, given);
  const { virtualPath } = directory;
  const above = virtualPath === "/" ? "" : virtualPath;
  if (directory.kind === "mounts") {
    const names = directory.names.filter(wanted.name === undefined ? () => true : nameMatch(wanted.name));
    const entries = names.map((name) => presentDirectory(`${above}/${name}`, false));
    return { path: virtualPath, entries, next: null };
  }
  const { store, path, isReadOnly } = directory;
  const page = await readPage(store, path, wanted).catch((error: unknown) => {
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

/** A page with something in it, where there is such within reach. */
async function readPage(store: Store, path: string, { cursor, limit, name }: Wanted): Promise<ListPage> {
  const match = name === undefined ? {} : { match: nameMatch(name) };
  let page = await store.list(path, { limit, ...match, ...(cursor === undefined ? {} : { cursor }) });
  for (let read = 1; read < MOST_PAGES && page.entries.length === 0 && page.next !== undefined; read++)
    page = await store.list(path, { limit, ...match, cursor: page.next });
  return page;
}

function nameMatch(wanted: string): (name: string) => boolean {
  const text = wanted.normalize("NFC").toLowerCase();
  return (name) => name.toLowerCase().includes(text);
}
