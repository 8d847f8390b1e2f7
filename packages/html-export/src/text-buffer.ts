/** Text that grows by small pieces. */
export interface TextBuffer {
  add(text: string): void;
  end(): string;
}

/** Pieces that are joined at a time: millions of small strings take several times the memory of one. */
const BATCH = 4096;

/** Makes an empty {@link TextBuffer}. */
export function createTextBuffer(): TextBuffer {
  const joined: string[] = [];
  let pieces: string[] = [];
  return {
    add(text) {
      if (pieces.push(text) < BATCH) return;
      joined.push(pieces.join(""));
      pieces = [];
    },
    end: () => [...joined, ...pieces].join(""),
  };
}
