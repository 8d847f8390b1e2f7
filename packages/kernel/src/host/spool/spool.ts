import { mkdir } from "node:fs/promises";
import type { FrameHeader } from "../frame-codec.ts";
import { bytesOf, encodeFrame } from "../frame-codec.ts";
import { SpoolDisk } from "./spool-disk.ts";
import type { Segment } from "./spool-segment.ts";
import type { SpoolRecord } from "./spool-tail.ts";
import { SpoolTail } from "./spool-tail.ts";

/** Bounds of a spool. */
export interface SpoolSettings {
  /** Most bytes on disk. Default 1 GiB. */
  readonly limitBytes?: number;
  /** Bytes after which a new file is begun. Default 8 MiB, or a sixteenth of the limit. */
  readonly segmentBytes?: number;
  /** Most bytes in memory while the disk takes none, or less than comes. Default 64 MiB. */
  readonly memoryBytes?: number;
}

/** What a {@link Spool} tells whoever owns it. */
export interface SpoolListener {
  /** A record can be read. */
  readonly onAppended: () => void;
  /** The disk takes no records, or too slowly; they are kept in memory from now on, as far as it goes. */
  readonly onFailed: (error: Error) => void;
  /** More waits for the disk than it should (`true`), or no longer does: whoever can wait should. */
  readonly onBacklog?: (isLong: boolean) => void;
}

/** Whether a record may be left out where there is no room: output may, a reply or a death may not. */
export type RecordWeight = "output" | "essential";

/** Bytes of one write to disk. */
const BATCH_BYTES = 1 << 20;
/** How soon a disk that failed is tried again, in milliseconds. */
const RETRY_MS = 1_000;

/**
 * Keeps what came from a kernel, with sequence numbers, until its driver has acknowledged it.
 *
 * A record can be read at once, and is written to disk behind the reader's back,
 * so a slow reader takes no memory. When the disk is slow the kernel is asked to
 * wait, for a while. A record that finds no room gets its number and is left out:
 * a reader knows by the gap.
 */
export class Spool {
  readonly #settings: Required<SpoolSettings>;
  readonly #listener: SpoolListener;
  readonly #disk: SpoolDisk;
  readonly #tail = new SpoolTail();
  readonly #ready: Promise<unknown>;
  #next = 1;
  #acknowledged = 0;
  #delivered = 0;
  #failedAtMs: number | null = null;
  #isClosed = false;
  #flushing: Promise<void> | null = null;
  /** How many of the tail's records are just being written. */
  #inFlight = 0;

  constructor(directory: string, settings: SpoolSettings, listener: SpoolListener) {
    const limitBytes = settings.limitBytes ?? 2 ** 30;
    this.#settings = {
      limitBytes,
      segmentBytes: settings.segmentBytes ?? Math.max(1, Math.min(8 << 20, Math.floor(limitBytes / 16))),
      memoryBytes: settings.memoryBytes ?? 64 << 20,
    };
    this.#listener = listener;
    this.#disk = new SpoolDisk(directory, this.#settings.segmentBytes);
    this.#ready = mkdir(directory, { recursive: true, mode: 0o700 }).catch(() => {});
  }

  /** The number of the next record. */
  get nextSequence(): number {
    return this.#next;
  }

  /** The oldest record that is still here, or the next one. */
  get firstSequence(): number {
    return this.#disk.firstSequence ?? this.#tail.firstSequence ?? this.#next;
  }

  get acknowledged(): number {
    return this.#acknowledged;
  }

  /** Whether the disk takes no records at the moment. */
  get isFailed(): boolean {
    return this.#failedAtMs !== null;
  }

  /** Adds a record, or leaves it out, and gives its number. */
  append(header: FrameHeader, parts: readonly Uint8Array[], weight: RecordWeight): number {
    const sequence = this.#next++;
    if (weight === "output" && !this.#hasRoom()) return sequence;
    const buffers = encodeRecord({ ...header, sequence }, parts);
    if (buffers === null) return sequence;
    this.#tail.push({ sequence, buffers, bytes: bytesOf(buffers) });
    if (!this.isFailed && this.#tail.bytes > this.#settings.memoryBytes / 4) this.#listener.onBacklog?.(true);
    this.#startFlush();
    this.#listener.onAppended();
    return sequence;
  }

  /** The segment to read a record from, or `undefined` when it is in memory or does not exist yet. */
  segmentOf(sequence: number): Segment | undefined {
    return this.#disk.segmentOf(sequence);
  }

  /** The records in memory from `sequence` on, no more than `bytes` but for a single one. */
  inMemory(sequence: number, bytes: number): readonly SpoolRecord[] {
    return this.#tail.from(sequence, bytes);
  }

  /** Lets go of records up to `sequence`: the driver will never ask for them again. */
  acknowledge(sequence: number): void {
    this.#acknowledged = Math.max(this.#acknowledged, Math.min(sequence, this.#next - 1));
    this.#disk.drop(this.#acknowledged, 0);
  }

  /** Says that records up to `sequence` were given to the driver, so that they may go where room is needed. */
  deliver(sequence: number): void {
    this.#delivered = sequence;
  }

  /** Resolves when what is in memory is on disk, or the disk has refused it. */
  async flushed(): Promise<void> {
    await this.#ready;
    await this.#flushing;
  }

  /** Writes what is in memory, as far as the disk takes it, and closes the files. */
  async close(): Promise<void> {
    await this.flushed();
    await this.abandon();
  }

  /** Writes nothing more: nobody will read it. Resolves when the files are closed. */
  async abandon(): Promise<void> {
    this.#isClosed = true;
    await this.flushed();
    await this.#disk.close();
  }

  #hasRoom(): boolean {
    const gone = Math.max(this.#acknowledged, this.#delivered);
    const { limitBytes, memoryBytes } = this.#settings;
    const fits = (): boolean => this.#disk.bytes + this.#tail.bytes < limitBytes;
    if (!fits()) this.#disk.drop(gone, Math.max(0, limitBytes - this.#tail.bytes - 1));
    if (!fits()) return false;
    if (this.#tail.bytes < memoryBytes) return true;
    this.#fail(new Error(`more came than the disk took, and ${memoryBytes} bytes wait for it`));
    this.#tail.forget(gone, this.#inFlight);
    return this.#tail.bytes < memoryBytes;
  }

  #startFlush(): void {
    if (this.#flushing || this.#isClosed) return;
    if (this.#failedAtMs !== null && performance.now() - this.#failedAtMs < RETRY_MS) return;
    this.#flushing = this.#flush().finally(() => {
      this.#flushing = null;
    });
  }

  async #flush(): Promise<void> {
    await this.#ready;
    while (this.#tail.length > 0 && !this.#isClosed) {
      const batch = this.#tail.oldest(BATCH_BYTES);
      this.#inFlight = batch.length;
      try {
        await this.#disk.write(batch);
      } catch (error) {
        this.#fail(error as Error);
        return;
      } finally {
        this.#inFlight = 0;
      }
      this.#tail.shift(batch.length);
      // The newest file always stays; now that there is a newer one, the one before it may go.
      this.#disk.drop(this.#acknowledged, 0);
      if (this.#tail.bytes < this.#settings.memoryBytes / 8) this.#listener.onBacklog?.(false);
      if (this.#tail.bytes < this.#settings.memoryBytes / 2) this.#failedAtMs = null;
    }
  }

  #fail(error: Error): void {
    const isNew = !this.isFailed;
    this.#failedAtMs = performance.now();
    if (!isNew) return;
    this.#listener.onBacklog?.(false);
    this.#listener.onFailed(error);
  }
}

/** The record as a frame, or `null` when it is longer than a frame can be. */
function encodeRecord(header: FrameHeader, parts: readonly Uint8Array[]): readonly Uint8Array[] | null {
  try {
    return encodeFrame(header, parts);
  } catch {
    return null;
  }
}
