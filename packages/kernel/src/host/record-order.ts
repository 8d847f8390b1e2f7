/** Sees to it that records are taken once and in order, and knows what is missing. */
export interface RecordOrder {
  /** The last record that was taken; 0 before the first. */
  readonly last: number;
  /** The record that is to come next; `null` while that is open. */
  readonly next: number | null;
  /** Says where records begin, where that was open. */
  beginAt(sequence: number): void;
  /** Counts a record; `false` for one that was taken before. */
  advance(sequence: number): boolean;
  /** Resolves when a record was taken, or no more will come. */
  until(sequence: number): Promise<void>;
  /** No more will come. */
  close(): void;
}

/** Makes an order that begins with a record, or with one that is told later; `onGap` hears of those that are missing. */
export function createRecordOrder(
  first: number | null,
  onGap: (from: number, to: number) => void,
): RecordOrder {
  const waiting = new Map<() => void, number>();
  let next = first;
  let last = 0;
  let isClosed = false;
  return {
    get last() {
      return last;
    },
    get next() {
      return next;
    },
    beginAt(sequence) {
      next ??= sequence;
    },
    advance(sequence) {
      const expected = next ?? sequence;
      if (sequence < expected) return false;
      if (sequence > expected) onGap(expected, sequence - 1);
      next = sequence + 1;
      last = sequence;
      for (const [resolve, wanted] of waiting) if (wanted <= sequence) resolve();
      return true;
    },
    async until(sequence) {
      if (last >= sequence || isClosed) return;
      const { promise, resolve } = Promise.withResolvers<void>();
      waiting.set(resolve, sequence);
      await promise;
      waiting.delete(resolve);
    },
    close() {
      isClosed = true;
      for (const resolve of waiting.keys()) resolve();
    },
  };
}
