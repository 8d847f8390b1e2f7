import type { File, FileDiff } from "@notemill/api";
import { collectBytes, type OpenFile, type ReadOptions } from "@notemill/storage";
import { fileBlobKey, getFileVersion, newestFileContent, type StoredFileVersion } from "@notemill/store";
import type { Mounted } from "../mounts/mount-table.ts";
import type { Platform } from "../platform.ts";
import { notebookOf } from "../runs/notebook-of.ts";
import { ServerError } from "../server-error.ts";
import { notebookText } from "./diff/notebook-text.ts";
import { type NamedText, unifiedDiff } from "./diff/unified-diff.ts";
import { explainedError, fileNotFound } from "./file-problems.ts";
import { captureFile, lookAtFile } from "./look-at-file.ts";
import { presentFile } from "./present-file.ts";
import { saveFile } from "./save-file.ts";

/** Larger files are not compared, in bytes. */
const MOST_COMPARED = 16 * 2 ** 20;

/** A version of a file, as it was kept. @throws {@link ServerError} `VERSION_NOT_FOUND`. */
export async function findVersion(
  { driver }: Platform,
  { virtualPath }: Mounted,
  number: number,
): Promise<StoredFileVersion> {
  const version = await getFileVersion(driver, virtualPath, number);
  if (version !== null) return version;
  throw new ServerError("VERSION_NOT_FOUND", `"${virtualPath}" has no version ${number}, or not any longer`, {
    details: { path: virtualPath, version: number },
  });
}

/** Opens the bytes of a version. @throws {@link ServerError} `VERSION_NOT_FOUND` for a deletion too. */
export async function openVersion(
  { driver, versions }: Platform,
  { path, number, sha256 }: StoredFileVersion,
  options?: ReadOptions,
): Promise<OpenFile> {
  const key = sha256 === null ? null : await fileBlobKey(driver, sha256);
  if (key !== null) return versions.open(key, options);
  throw new ServerError("VERSION_NOT_FOUND", `version ${number} of "${path}" is a deletion, without bytes`, {
    details: { path, version: number },
  });
}

/**
 * Makes a version what is in its file, as a new version.
 *
 * @param number - Default: the newest one that has bytes, which undoes a deletion.
 * @throws {@link ServerError} `VERSION_NOT_FOUND`, `FILE_NOT_FOUND` for one without versions.
 */
export async function restoreFile(platform: Platform, file: Mounted, number?: number): Promise<File> {
  await lookAtFile(platform, file);
  const version =
    number === undefined
      ? await newestFileContent(platform.driver, file.virtualPath)
      : await findVersion(platform, file, number);
  if (version === null) throw fileNotFound(file);
  const opened = await openVersion(platform, version);
  try {
    const { sha256, size } = version;
    await saveFile(platform, file, {
      bytes: opened.bytes,
      ...(sha256 === null || size === null ? {} : { expected: { sha256, size } }),
      condition: { kind: "any" },
      kind: "restored",
    });
  } finally {
    await opened.close();
  }
  return describeFile(platform, file);
}

/** What is known about a file. @throws {@link ServerError} `FILE_NOT_FOUND`. */
export async function describeFile(platform: Platform, file: Mounted): Promise<File> {
  const { info, version } = await lookAtFile(platform, file);
  if (info === null) throw fileNotFound(file);
  return presentFile(file.virtualPath, info, {
    version: version?.number ?? null,
    isWritable: !file.isReadOnly,
  });
}

/** Compares two versions of a file, or one with the file as it is. */
export async function diffFile(
  platform: Platform,
  file: Mounted,
  { from, to }: { readonly from: number; readonly to?: number | undefined },
): Promise<FileDiff> {
  const left = await findVersion(platform, file, from);
  const right =
    to === undefined ? await presentContent(platform, file) : await findVersion(platform, file, to);
  const isSame = left.sha256 === right.sha256;
  const texts = await Promise.all([left, right].map((version) => textOf(platform, version)));
  const [before, after] = texts;
  if (before === null || after === null || before === undefined || after === undefined)
    return { kind: "binary", is_same: isSame, diff: null };
  const isNotebook = before.isNotebook || after.isNotebook;
  return { kind: isNotebook ? "notebook" : "text", is_same: isSame, diff: unifiedDiff(before, after) };
}

async function presentContent(platform: Platform, file: Mounted): Promise<StoredFileVersion> {
  const { version } = await captureFile(platform, file);
  if (version !== null) return version;
  throw fileNotFound(file);
}

/** A version as text; null where it is none, or too much. */
async function textOf(
  platform: Platform,
  version: StoredFileVersion,
): Promise<(NamedText & { readonly isNotebook: boolean }) | null> {
  const name = `${version.path} (version ${version.number}, ${version.createdAt.toISOString()})`;
  if (version.sha256 === null) return { name, text: "", isNotebook: false };
  if ((version.size ?? 0) > MOST_COMPARED) return null;
  const bytes = await collect(await openVersion(platform, version));
  if (version.path.endsWith(".ipynb")) {
    try {
      return { name, text: notebookText(notebookOf(bytes)), isNotebook: true };
    } catch {
      // It is called a notebook and is none; its lines can still be compared.
    }
  }
  if (bytes.includes(0)) return null;
  try {
    return { name, text: new TextDecoder("utf-8", { fatal: true }).decode(bytes), isNotebook: false };
  } catch {
    return null;
  }
}

async function collect({ bytes, path }: OpenFile): Promise<Uint8Array> {
  return collectBytes(bytes, MOST_COMPARED, path);
}

/** Opens a file as it is. @throws {@link ServerError} `FILE_NOT_FOUND`. */
export async function openFile(file: Mounted, options?: ReadOptions): Promise<OpenFile> {
  return file.store.read(file.path, options).catch((error: unknown) => {
    throw explainedError(error, file);
  });
}
