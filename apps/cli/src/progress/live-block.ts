/** A few lines at the bottom of a terminal that are drawn again and again. */
export interface LiveBlock {
  /** Replaces the lines. */
  draw(lines: readonly string[]): void;
  /** Writes a line that stays, above the block. */
  print(line: string): void;
  /** Takes the block away. */
  clear(): void;
}

/** Makes a block on a terminal of `columns` columns; longer lines are cut. */
export function createLiveBlock(write: (text: string) => void, columns: () => number): LiveBlock {
  let shown: readonly string[] = [];

  const erase = (): string => (shown.length === 0 ? "" : `\u001b[${shown.length}F\u001b[0J`);
  const block = (lines: readonly string[]): string =>
    lines.map((line) => `${line.slice(0, columns() - 1)}\n`).join("");

  return {
    draw(lines) {
      write(erase() + block(lines));
      shown = lines;
    },
    print(line) {
      write(`${erase()}${line}\n${block(shown)}`);
    },
    clear() {
      write(erase());
      shown = [];
    },
  };
}
