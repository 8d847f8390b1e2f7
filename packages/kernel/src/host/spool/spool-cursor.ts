import type { FileHandle } from "node:fs/promises";
import { open } from "node:fs/promises";
import type { FrameHeader } from "../frame-codec.ts";
import { frameBytesAt } from "../frame-codec.ts";
import type { Spool } from "./spool.ts";
import type { Segment } from "./spool-segment.ts";

/** Some whole records, as the buffers of their frames. */
export interface SpoolChunk {
  readonly buffers: readonly Uint8Array[];
  readonly lastSequence: number;
}

/** A place in a spool from which its records are read one after the other, from disk or memory. */
export class SpoolCursor {
  readonly #spool: Spool;
  #next: number;
  #segment: Segment | null = null;
  #file: FileHandle | null = null;
  /** Where in the segment a record begins that is not behind {@link SpoolCursor.next}. */
  #offset = 0;

  constructor(spool: Spool, sequence: number) {
    this.#spool = spool;
    this.#next = sequence;
  }

  /** The number of the record to be read next; those before it are read, or gone. */
  get next(): number {
    return this.#next;
  }

  /**
   * Reads on, no more than `bytes` but for a single record; `null` when there is nothing yet.
   *
   * Records that cannot be read are passed over, as those are that were never there.
   */
  async take(bytes: number): Promise<SpoolChunk | null> {
    for (;;) {
      const segment = this.#spool.segmentOf(this.#next);
      if (!segment) return this.#takeFromMemory(bytes);
      const chunk = await this.#takeFromDisk(segment, bytes).catch(() => null);
      if (chunk) return chunk;
      this.#next = Math.max(this.#next, segment.lastSequence + 1);
    }
  }

  /** Closes the file that is read from. */
  async close(): Promise<void> {
    await this.#file?.close().catch(() => {});
    this.#file = null;
    this.#segment = null;
  }

  #takeFromMemory(bytes: number): SpoolChunk | null {
    const records = this.#spool.inMemory(this.#next, bytes);
    const last = records.at(-1);
    if (!last) return null;
    this.#next = last.sequence + 1;
    return { buffers: records.flatMap((record) => record.buffers), lastSequence: last.sequence };
  }

  async #takeFromDisk(segment: Segment, bytes: number): Promise<SpoolChunk | null> {
    if (this.#segment !== segment) {
      await this.close();
      this.#file = await open(segment.path, "r");
      this.#segment = segment;
      this.#offset = 0;
    }
    while (this.#offset < segment.bytes) {
      const { records, end } = await this.#readRecords(segment, bytes);
      const wanted = records.findIndex(({ sequence }) => sequence >= this.#next);
      const [first, last] = [records[wanted], records.at(-1)];
      this.#offset += end;
      if (!first || !last) continue;
      this.#next = last.sequence + 1;
      return { buffers: records.slice(wanted).map((record) => record.bytes), lastSequence: last.sequence };
    }
    return null;
  }

  /** Reads the whole records at the offset, at least one. */
  async #readRecords(
    segment: Segment,
    wantedBytes: number,
  ): Promise<{ readonly records: readonly RecordRead[]; readonly end: number }> {
    const available = segment.bytes - this.#offset;
    let bytes = await this.#read(Math.min(available, Math.max(4, wantedBytes)));
    const firstBytes = frameBytesAt(bytes, 0) ?? 0;
    if (firstBytes > bytes.length) bytes = await this.#read(firstBytes);
    const records: RecordRead[] = [];
    let end = 0;
    for (;;) {
      const frameBytes = frameBytesAt(bytes, end);
      if (frameBytes === null || end + frameBytes > bytes.length) return { records, end };
      const record = bytes.subarray(end, end + frameBytes);
      records.push({ sequence: sequenceOf(record), bytes: record });
      end += frameBytes;
    }
  }

  async #read(bytes: number): Promise<Buffer> {
    const buffer = Buffer.allocUnsafe(bytes);
    let filled = 0;
    while (filled < bytes) {
      const result = await this.#file?.read(buffer, filled, bytes - filled, this.#offset + filled);
      if (!result || result.bytesRead === 0)
        throw new Error("the spool's file is shorter than what was written to it");
      filled += result.bytesRead;
    }
    return buffer;
  }
}

interface RecordRead {
  readonly sequence: number;
  readonly bytes: Buffer;
}

/** The sequence number in a record's header. */
function sequenceOf(record: Buffer): number {
  const start = 12 + 4 * record.readUInt32BE(8);
  const header = JSON.parse(record.toString("utf8", start, start + record.readUInt32BE(4))) as FrameHeader;
  return Number(header["sequence"]);
}
