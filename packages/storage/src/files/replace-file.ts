import { type Stats, unlinkSync } from "node:fs";
import { rename } from "node:fs/promises";
import { dirname } from "node:path";
import { type Descriptor, openDescriptor } from "./descriptor.ts";
import { temporaryPath } from "./temporary-file.ts";
import { type Chunks, writeChunks } from "./write-chunks.ts";

/** Whose a file is, and who may do what with it. */
export type OwnerAndMode = Pick<Stats, "uid" | "gid" | "mode">;

/** How {@link replaceFile} goes about it. */
export interface ReplaceFileOptions {
  /** The file that is there now, whose mode and owner the new one keeps. */
  readonly existing?: OwnerAndMode | null;
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
    // Letting go of a large file in its place may take long.
    await rename(temporary, target);
  } catch (error) {
    unlinkIfThere(temporary);
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
  const file = openDescriptor(temporary, "wx", existing ? 0o600 : 0o666);
  try {
    await writeChunks(file, chunks, { signal });
    if (existing) keepOwnerAndMode(file, existing);
    if (durable === true) await file.sync();
    file.close();
    signal?.throwIfAborted();
  } catch (error) {
    closeQuietly(file);
    unlinkIfThere(temporary);
    throw error;
  }
}

/** Deletes a file that may be gone already, or cannot be deleted. */
export function unlinkIfThere(path: string): void {
  try {
    unlinkSync(path);
  } catch {
    // There is something worse to be told, or nothing.
  }
}

function closeQuietly(file: Descriptor): void {
  try {
    file.close();
  } catch {
    // What went wrong first is what matters.
  }
}

/** Makes names created in or removed from `directory` survive a power cut. */
export async function syncDirectory(directory: string): Promise<void> {
  const opened = openDescriptor(directory, "r");
  try {
    await opened.sync();
  } finally {
    opened.close();
  }
}

function keepOwnerAndMode(file: Descriptor, existing: OwnerAndMode): void {
  const { uid, gid } = file.stat();
  if (Number(uid) !== existing.uid || Number(gid) !== existing.gid) {
    try {
      file.chown(existing.uid, existing.gid);
    } catch {
      // Only root can give a file away; for anyone else the new file is their own.
    }
  }
  file.chmod(existing.mode & 0o777);
}
