import type { FileHandle } from "node:fs/promises";
import { readdir } from "node:fs/promises";
import { join } from "node:path";

/** One file of a spool: records one behind the other, in the order of their sequence numbers. */
export interface Segment {
  readonly path: string;
  readonly firstSequence: number;
  /** The last record that is in the file as a whole. */
  lastSequence: number;
  /** Up to where the file holds whole records. */
  bytes: number;
}

/** Path of the segment that begins with a record. */
export function segmentPath(directory: string, firstSequence: number): string {
  return join(directory, `${String(firstSequence).padStart(16, "0")}.spool`);
}

/** Paths of the segments in a directory, oldest first; none when there is no directory. */
export async function segmentPaths(directory: string): Promise<readonly string[]> {
  const names = await readdir(directory).catch(() => []);
  return names
    .filter((name) => /^\d{16}\.spool$/.test(name))
    .sort()
    .map((name) => join(directory, name));
}

/** Most buffers of one call to the operating system (IOV_MAX). */
const MAX_BUFFERS = 1_000;

/** Writes all of the buffers at a position, over what an earlier, incomplete attempt may have left there. */
export async function writeFully(
  file: FileHandle,
  buffers: readonly Uint8Array[],
  position: number,
): Promise<void> {
  let at = position;
  for (let start = 0; start < buffers.length; start += MAX_BUFFERS) {
    let rest = buffers.slice(start, start + MAX_BUFFERS);
    while (rest.length > 0) {
      const { bytesWritten } = await file.writev(rest, at);
      at += bytesWritten;
      rest = withoutFirst(rest, bytesWritten);
    }
  }
}

/** The buffers behind the first `bytes` bytes. */
function withoutFirst(buffers: readonly Uint8Array[], bytes: number): Uint8Array[] {
  let left = bytes;
  for (const [index, buffer] of buffers.entries()) {
    if (left < buffer.length) return [buffer.subarray(left), ...buffers.slice(index + 1)];
    left -= buffer.length;
  }
  return [];
}
