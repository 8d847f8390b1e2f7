import { posix } from "node:path";
import { isCodedError } from "@notemill/errors";
import { collectBytes, type ListEntry } from "@notemill/storage";
import {
  dropIndexedDirectory,
  dropIndexedFiles,
  indexFile,
  listIndexedMarks,
  type NewIndexedFile,
} from "@notemill/store";
import type { Mount } from "../mounts/mount-table.ts";
import { resolveVirtualPath } from "../mounts/mount-table.ts";
import type { Platform } from "../platform.ts";
import { notebookOf } from "../runs/notebook-of.ts";
import { type NotebookFacts, notebookFacts } from "./notebook-facts.ts";
import { wordVector } from "./words.ts";

type Parts = Pick<Platform, "driver" | "mounts" | "user" | "closing" | "report">;

type FileEntry = Extract<ListEntry, { readonly kind: "file" }>;

/** Larger notebooks are found by their names alone, in bytes. */
const MOST_BYTES = 20 * 2 ** 20;

const PAGE = 1000;

/** Records are found by their runs. */
const LEFT_OUT = "/runs";

/** What comes behind all paths of a mount. */
const END = "\u{10ffff}";

/**
 * Brings the index up to what is in all mounts: what is new or changed is read, what is gone is taken out.
 *
 * A mount or a file that cannot be read is reported and keeps none of the others from it.
 */
export async function indexMounts(parts: Parts): Promise<void> {
  for (const mount of parts.mounts) {
    if (mount.prefix === LEFT_OUT) continue;
    try {
      await indexMount(parts, mount);
    } catch (error) {
      parts.report(
        `"${mount.prefix}/" could not be looked through for the search, which is tried again`,
        error,
      );
    }
  }
}

async function indexMount(parts: Parts, { prefix, store }: Mount): Promise<void> {
  let after = `${prefix}/`;
  let cursor: string | undefined;
  do {
    const page = await store.list("", {
      recursive: true,
      limit: PAGE,
      ...(cursor === undefined ? {} : { cursor }),
    });
    const files = page.entries.filter((entry) => entry.kind === "file");
    const last = files.at(-1);
    // Behind the last page nothing is there any longer.
    const upTo =
      page.next === undefined || last === undefined ? `${prefix}/${END}` : `${prefix}/${last.path}`;
    const marks = await listIndexedMarks(parts.driver, { after, upTo });
    const known = new Map(marks.map((mark) => [mark.path, mark]));
    for (const entry of files) {
      if (parts.closing.aborted) return;
      const path = `${prefix}/${entry.path}`;
      const mark = known.get(path);
      known.delete(path);
      if (mark?.size === entry.size && mark.modifiedAt.getTime() === entry.modifiedAt.getTime()) continue;
      await indexOrReport(parts, path, entry);
    }
    if (known.size > 0) await dropIndexedFiles(parts.driver, [...known.keys()]);
    after = upTo;
    cursor = page.next;
  } while (cursor !== undefined);
}

/** Brings the index up to what is at one path now: a file, a directory, or nothing. */
export async function indexPath(parts: Parts, path: string): Promise<void> {
  const mounted = resolveVirtualPath(parts.mounts, path, parts.user);
  const { store, virtualPath } = mounted;
  if (virtualPath.startsWith(`${LEFT_OUT}/`)) return;
  const info = await store.stat(mounted.path);
  if (info !== null) {
    await indexOne(parts, virtualPath, info);
    return;
  }
  await dropIndexedFiles(parts.driver, [virtualPath]);
  if (!(await store.hasDirectory(mounted.path))) {
    await dropIndexedDirectory(parts.driver, virtualPath);
    return;
  }
  let cursor: string | undefined;
  do {
    const page = await store.list(mounted.path, {
      recursive: true,
      limit: PAGE,
      ...(cursor === undefined ? {} : { cursor }),
    });
    const above = virtualPath.slice(0, virtualPath.length - mounted.path.length);
    for (const entry of page.entries)
      if (entry.kind === "file") await indexOrReport(parts, `${above}${entry.path}`, entry);
    cursor = page.next;
  } while (cursor !== undefined);
}

async function indexOrReport(parts: Parts, path: string, entry: FileEntry): Promise<void> {
  try {
    await indexOne(parts, path, entry);
  } catch (error) {
    parts.report(`"${path}" could not be made to be found`, error);
  }
}

async function indexOne(
  parts: Parts,
  path: string,
  entry: Pick<FileEntry, "size" | "modifiedAt">,
): Promise<void> {
  const { size, modifiedAt } = entry;
  const isNotebook = path.endsWith(".ipynb");
  const facts = isNotebook && size <= MOST_BYTES ? await factsOf(parts, path) : null;
  if (facts === "gone") return;
  const { title = "", authors = [], tags = [], excerpt = "", text = "" } = facts ?? {};
  const file: NewIndexedFile = {
    path,
    isNotebook,
    title,
    authors,
    tags,
    excerpt,
    size,
    modifiedAt,
    words: wordVector({
      A: `${posix.basename(path)} ${title}`,
      B: [...authors, ...tags].join(" "),
      C: `${path} ${text}`,
    }),
  };
  await indexFile(parts.driver, parts.user, file);
}

/** Null for what is called a notebook and is none, or may not be read: it is found by its name. */
async function factsOf({ mounts, user }: Parts, path: string): Promise<NotebookFacts | "gone" | null> {
  const { store, path: stored } = resolveVirtualPath(mounts, path, user);
  try {
    const { bytes } = await store.read(stored);
    return notebookFacts(notebookOf(await collectBytes(bytes, MOST_BYTES, path)));
  } catch (error) {
    if (isCodedError(error) && error.code === "STORAGE_NOT_FOUND") return "gone";
    if (isCodedError(error) && /^(?:NOTEBOOK|JSON|STORAGE_TOO_LARGE|STORAGE_FORBIDDEN)/.test(error.code))
      return null;
    throw error;
  }
}
