/** A record in memory: a frame with its sequence number in the header. */
export interface SpoolRecord {
  readonly sequence: number;
  readonly buffers: readonly Uint8Array[];
  /** Their length together. */
  readonly bytes: number;
}

/** The newest records of a spool, which are not on disk yet. */
export class SpoolTail {
  #records: SpoolRecord[] = [];
  /** Index of the oldest record; those before it are gone. */
  #head = 0;
  #bytes = 0;

  get bytes(): number {
    return this.#bytes;
  }

  get length(): number {
    return this.#records.length - this.#head;
  }

  /** The oldest record, or `null` when there is none. */
  get firstSequence(): number | null {
    return this.#records[this.#head]?.sequence ?? null;
  }

  push(record: SpoolRecord): void {
    this.#records.push(record);
    this.#bytes += record.bytes;
  }

  /** The oldest records, at least one and no more than `bytes`. */
  oldest(bytes: number): readonly SpoolRecord[] {
    return this.#slice(this.#head, bytes);
  }

  /** The records from `sequence` on, at least one if there is one, and no more than `bytes`. */
  from(sequence: number, bytes: number): readonly SpoolRecord[] {
    return this.#slice(this.#indexOf(sequence), bytes);
  }

  /** Forgets the oldest `count` records. */
  shift(count: number): void {
    const end = this.#head + count;
    for (; this.#head < end; this.#head++) this.#bytes -= this.#records[this.#head]?.bytes ?? 0;
    if (this.#head * 2 > this.#records.length) {
      this.#records = this.#records.slice(this.#head);
      this.#head = 0;
    }
  }

  /** Forgets records up to `sequence`, but for the oldest `kept`. */
  forget(sequence: number, kept: number): void {
    const start = this.#head + kept;
    const end = this.#indexOf(sequence + 1);
    if (end <= start) return;
    for (const record of this.#records.splice(start, end - start)) this.#bytes -= record.bytes;
  }

  /** Index of the first record that is not older than `sequence`. */
  #indexOf(sequence: number): number {
    let low = this.#head;
    let high = this.#records.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#records[middle]?.sequence ?? 0) < sequence) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #slice(start: number, bytes: number): readonly SpoolRecord[] {
    let end = start;
    let sum = 0;
    for (; end < this.#records.length; end++) {
      sum += this.#records[end]?.bytes ?? 0;
      if (sum > bytes && end > start) break;
    }
    return this.#records.slice(start, end);
  }
}
