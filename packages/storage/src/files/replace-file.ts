import type { Stats } from "node:fs";
import { type FileHandle, open, rename, unlink } from "node:fs/promises";
import { dirname } from "node:path";
import { temporaryPath } from "./temporary-file.ts";
import { type Chunks, writeChunks } from "./write-chunks.ts";

/** How {@link replaceFile} goes about it. */
export interface ReplaceFileOptions {
  /** The file that is there now, whose mode and owner the new one keeps. */
  readonly existing?: Stats | null;
  /** Waits until the bytes and the name are on the disk. Default false. */
  readonly durable?: boolean;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Puts new contents at `target` in one step: a reader, and a crash, see the old file or the new one.
 *
 * The contents go to a temporary file beside the target, which is then renamed.
 * When anything fails, the temporary file is deleted and the old file is untouched.
 * Other hard links to the old file keep the old contents.
 */
export async function replaceFile(
  target: string,
  chunks: Chunks,
  options: ReplaceFileOptions = {},
): Promise<void> {
  const temporary = temporaryPath(target);
  await writeTemporaryFile(temporary, chunks, options);
  try {
    await rename(temporary, target);
  } catch (error) {
    await unlink(temporary).catch(() => undefined);
    throw error;
  }
  if (options.durable === true) await syncDirectory(dirname(target));
}

/** Writes a whole temporary file, or leaves none. */
export async function writeTemporaryFile(
  temporary: string,
  chunks: Chunks,
  options: ReplaceFileOptions,
): Promise<void> {
  const { existing, durable, signal } = options;
  // Until it has the mode of the file it replaces, nobody else may look into it.
  const handle = await open(temporary, "wx", existing ? 0o600 : 0o666);
  try {
    await writeChunks(handle, chunks, { signal });
    if (existing) await keepOwnerAndMode(handle, existing);
    if (durable === true) await handle.sync();
    await handle.close();
    signal?.throwIfAborted();
  } catch (error) {
    await handle.close().catch(() => undefined);
    await unlink(temporary).catch(() => undefined);
    throw error;
  }
}

/** Makes names created in or removed from `directory` survive a power cut. */
export async function syncDirectory(directory: string): Promise<void> {
  const handle = await open(directory, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function keepOwnerAndMode(handle: FileHandle, existing: Stats): Promise<void> {
  const { uid, gid } = await handle.stat();
  if (uid !== existing.uid || gid !== existing.gid) {
    // Only root can give a file away; for anyone else the new file is their own.
    await handle.chown(existing.uid, existing.gid).catch(() => undefined);
  }
  await handle.chmod(existing.mode & 0o777);
}
