import { type Stats, statSync } from "node:fs";
import { access, constants, lstat, open, readlink, realpath, stat, unlink } from "node:fs/promises";
import { dirname, isAbsolute, resolve } from "node:path";
import { errnoError } from "../files/errno-error.ts";
import { readWhole } from "../files/read-whole.ts";
import { replaceFile, writeTemporaryFile } from "../files/replace-file.ts";
import { sweepTemporaryFiles, temporaryPath } from "../files/temporary-file.ts";
import { StorageError } from "../storage-error.ts";
import type { Location, WriteLocationOptions } from "./location.ts";
import { readPipe } from "./read-pipe.ts";
import { collectBytes, tooLarge } from "../store/read-all.ts";
import { descriptorOf, writeInPlace, writeThrough, writeToDescriptor } from "./write-through.ts";

/** Options of {@link openLocalLocation}. */
export interface LocalLocationOptions {
  /** What a relative path is relative to. */
  readonly cwd: string;
  readonly maxBytes: number;
}

const MAX_LINKS = 40;

/**
 * A path on this machine.
 *
 * A regular file is replaced in one step and keeps its mode; through a symbolic
 * link the file it points to is replaced and the link stays. Pipes and devices
 * are written through. A file in a directory that cannot be written, or that is
 * mounted by itself, is overwritten in place, which a crash can interrupt.
 */
export function openLocalLocation(path: string, options: LocalLocationOptions): Location {
  if (path === "" || path.includes("\0")) throw invalidPath(path);
  // Not by `resolve`, which would take `link/..` for the directory of the link.
  const absolute = isAbsolute(path) ? path : `${options.cwd}/${path}`;
  const rewritable = isReplaceable(absolute);
  return {
    rewritable,
    ...(rewritable ? { localPath: absolute } : {}),
    describe: () => path,
    read: ({ signal } = {}) =>
      guarded("read", path, () => readFile(absolute, path, options.maxBytes, signal)),
    write: (chunks, writeOptions = {}) =>
      guarded("write", path, () => writeFile(absolute, chunks, writeOptions)),
    exists: async () => rewritable && (await isThere(absolute)),
    checkWritable: () => guarded("write", path, () => checkFile(absolute, path)),
  };
}

/** A link that leads nowhere is there, too. Whatever else is wrong with the path is told by the write. */
async function isThere(absolute: string): Promise<boolean> {
  return lstat(absolute).then(
    () => true,
    () => false,
  );
}

async function guarded<T>(action: "read" | "write", path: string, body: () => Promise<T>): Promise<T> {
  try {
    return await body();
  } catch (error) {
    throw errnoError(error, action, path);
  }
}

async function readFile(
  absolute: string,
  shown: string,
  maxBytes: number,
  signal: AbortSignal | undefined,
): Promise<Uint8Array> {
  if ((await stat(absolute)).isFIFO()) return readPipe(absolute, { maxBytes, place: shown, signal });
  const handle = await open(absolute, "r");
  try {
    const stats = await handle.stat();
    if (stats.size > maxBytes) throw tooLarge(shown, maxBytes);
    const whole = stats.isFile() ? await readWhole(handle, stats.size, signal) : undefined;
    if (whole) return whole;
    const stream = handle.createReadStream({ autoClose: false, signal, start: 0 });
    return await collectBytes(stream, maxBytes, shown);
  } finally {
    await handle.close();
  }
}

async function writeFile(
  absolute: string,
  chunks: Iterable<string | Uint8Array>,
  { durable = false, signal }: WriteLocationOptions,
): Promise<void> {
  const descriptor = descriptorOf(absolute);
  if (descriptor !== null) return writeToDescriptor(descriptor, chunks, signal);
  const target = await followLinks(absolute);
  const existing = await statIfThere(target);
  if (existing?.isDirectory() === true || absolute.endsWith("/")) throw isDirectory(absolute);
  if (existing && !existing.isFile()) return writeThrough(target, chunks, signal);
  // A file that may not be written can still be replaced; that it may not is meant all the same.
  if (existing) await access(target, constants.W_OK);

  // The chunks may be a generator, which can be read only once, and the fallback needs them again.
  const kept = [...chunks];
  try {
    await replaceFile(target, kept, { existing, durable, signal });
  } catch (error) {
    if (!existing || !needsInPlaceWrite(error)) throw error;
    await writeInPlace(target, kept, { durable, signal });
  }
}

async function checkFile(absolute: string, shown: string): Promise<void> {
  if (descriptorOf(absolute) !== null) return;
  const target = await followLinks(absolute);
  const existing = await statIfThere(target);
  if (existing?.isDirectory() === true || absolute.endsWith("/")) throw isDirectory(shown);
  if (existing) await access(target, constants.W_OK);
  if (existing && !existing.isFile()) return;

  const directory = dirname(target);
  await checkDirectory(directory, shown);
  await sweepTemporaryFiles(directory);
  const probe = temporaryPath(target);
  try {
    await writeTemporaryFile(probe, [new Uint8Array(PROBE_BYTES)], { durable: true });
    await unlink(probe);
  } catch (error) {
    if (!existing || !needsInPlaceWrite(error)) throw error;
  }
}

/** One block, so that a full disk has nowhere to hide it. */
const PROBE_BYTES = 4096;

async function checkDirectory(directory: string, shown: string): Promise<void> {
  const found = await statIfThere(directory);
  if (found?.isDirectory() === true) return;
  throw new StorageError(
    "STORAGE_NO_DIRECTORY",
    found
      ? `cannot write "${shown}": "${directory}" is not a directory`
      : `cannot write "${shown}": the directory "${directory}" does not exist; create it first`,
    { details: { path: shown, directory } },
  );
}

function isDirectory(shown: string): StorageError {
  return new StorageError(
    "STORAGE_IS_DIRECTORY",
    `cannot write "${shown}": it is a directory; name a file in it`,
    {
      details: { path: shown },
    },
  );
}

function invalidPath(path: string): StorageError {
  return new StorageError(
    "STORAGE_PATH_INVALID",
    `${JSON.stringify(path)} is not a path: it is empty or holds a NUL character`,
    { details: { path } },
  );
}

/** A file, or nothing yet; not a pipe, a device or an open descriptor. */
function isReplaceable(absolute: string): boolean {
  if (descriptorOf(absolute) !== null) return false;
  try {
    return statSync(absolute).isFile();
  } catch {
    // Nothing yet, or something that a read or write will name.
    return true;
  }
}

function needsInPlaceWrite(error: unknown): boolean {
  return (
    error instanceof Error &&
    "code" in error &&
    ["EACCES", "EPERM", "EBUSY", "EXDEV"].includes(String(error.code))
  );
}

/** The path at the end of the symbolic links, which need not exist yet. */
async function followLinks(path: string): Promise<string> {
  let current = path;
  for (let hops = 0; hops < MAX_LINKS; hops += 1) {
    const stats = await lstat(current).catch(() => null);
    if (stats?.isSymbolicLink() !== true) return current;
    current = resolve(await realpath(dirname(current)), await readlink(current));
  }
  throw new StorageError(
    "STORAGE_PATH_INVALID",
    `"${path}" leads through more than ${MAX_LINKS} symbolic links`,
    {
      details: { path },
    },
  );
}

async function statIfThere(path: string): Promise<Stats | null> {
  try {
    return await stat(path);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw error;
  }
}
