/**
 * One line of a journal: a cell as it is in the file, and the number of the
 * whole save that it came after.
 */
export interface JournalLine {
  readonly saves: number;
  /** The cell's text, laid out as in the file but for line breaks. */
  readonly cell: string;
}

/** Writes a line. */
export function journalLine({ saves, cell }: JournalLine): string {
  return `{"saves":${saves},"cell":${cell}}`;
}

/** Reads a line back; `undefined` for what is none. */
export function parseJournalLine(line: string): JournalLine | undefined {
  const [, saves, cell] = /^\{"saves":(\d+),"cell":(.*)\}$/.exec(line) ?? [];
  return saves === undefined || cell === undefined ? undefined : { saves: Number(saves), cell };
}
