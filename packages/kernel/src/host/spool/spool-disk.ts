import type { FileHandle } from "node:fs/promises";
import { open, unlink } from "node:fs/promises";
import { bytesOf } from "../frame-codec.ts";
import type { Segment } from "./spool-segment.ts";
import { segmentPath, writeFully } from "./spool-segment.ts";
import type { SpoolRecord } from "./spool-tail.ts";

/** The part of a spool that is on disk: segments that are only ever appended to, and deleted as a whole. */
export class SpoolDisk {
  readonly #directory: string;
  readonly #segmentBytes: number;
  readonly #segments: Segment[] = [];
  readonly #deletions = new Set<Promise<void>>();
  #file: FileHandle | null = null;
  #bytes = 0;

  constructor(directory: string, segmentBytes: number) {
    this.#directory = directory;
    this.#segmentBytes = segmentBytes;
  }

  /** Bytes of all segments. */
  get bytes(): number {
    return this.#bytes;
  }

  /** The oldest record, or `null` when there is none. */
  get firstSequence(): number | null {
    return this.#segments[0]?.firstSequence ?? null;
  }

  /** The segment that has the record, or the next one there is; `undefined` when all records are older. */
  segmentOf(sequence: number): Segment | undefined {
    return this.#segments.find((segment) => segment.lastSequence >= sequence);
  }

  /**
   * Appends records; one call at a time.
   *
   * A call that fails has appended nothing, and may be repeated.
   */
  async write(records: readonly SpoolRecord[]): Promise<void> {
    const [first, last] = [records[0], records.at(-1)];
    if (!first || !last) return;
    const file = await this.#fileFor(first.sequence);
    const segment = this.#segments.at(-1);
    if (!segment) return;
    const buffers = records.flatMap((record) => record.buffers);
    await writeFully(file, buffers, segment.bytes);
    const bytes = bytesOf(buffers);
    segment.lastSequence = last.sequence;
    segment.bytes += bytes;
    this.#bytes += bytes;
  }

  /** Deletes the segments with nothing but records up to `sequence`, oldest first, until `bytes` are left. */
  drop(sequence: number, bytes: number): void {
    while (this.#segments.length > 1 && this.#bytes > bytes) {
      const oldest = this.#segments[0];
      if (!oldest || oldest.lastSequence > sequence) return;
      this.#segments.shift();
      this.#bytes -= oldest.bytes;
      const deletion: Promise<void> = unlink(oldest.path)
        .catch(() => {})
        .finally(() => this.#deletions.delete(deletion));
      this.#deletions.add(deletion);
    }
  }

  /** Closes the file that is written to. The segments stay. */
  async close(): Promise<void> {
    await this.#file?.close().catch(() => {});
    this.#file = null;
    await Promise.all(this.#deletions);
  }

  async #fileFor(sequence: number): Promise<FileHandle> {
    const current = this.#segments.at(-1);
    if (this.#file && current && current.bytes < this.#segmentBytes) return this.#file;
    const path = segmentPath(this.#directory, sequence);
    // A file left by an attempt that failed is empty, or has a record that was not counted.
    const file = await open(path, "w", 0o600);
    await this.#file?.close().catch(() => {});
    this.#file = file;
    this.#segments.push({ path, firstSequence: sequence, lastSequence: sequence - 1, bytes: 0 });
    return file;
  }
}
