/** How much output of one cell goes into the output notebook. The rest is spilled to a file. */
export interface OutputLimits {
  /** Stream text in UTF-16 units. Half of it is kept from the start, half from the end. */
  readonly streamLength: number;
  /** JSON text of rich outputs, in UTF-16 units, split the same way. */
  readonly richLength: number;
  /** Number of outputs, adjacent text of one stream counted once. */
  readonly count: number;
}

/** 8 Mi characters of text, 256 Mi of rich data, 10,000 outputs: past that a browser gives up first. */
export const DEFAULT_OUTPUT_LIMITS: OutputLimits = {
  streamLength: 8 * 1024 * 1024,
  richLength: 256 * 1024 * 1024,
  count: 10_000,
};

/** Takes what the notebook has no room for, in order. */
export interface OutputSpill {
  /** Appends text to the cell's spill file and gives the path to name in the note. */
  write(cellId: string, text: string): string;
}
