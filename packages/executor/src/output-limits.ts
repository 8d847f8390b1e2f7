import type { OutputBudget } from "./output-budget.ts";

/** How much output goes into the output notebook, in characters of its file. The rest is spilled to files. */
export interface OutputLimits {
  /** Text that one cell prints. Half of it is kept from the start, half from the end. */
  readonly streamLength: number;
  /** Rich outputs and errors of one cell, split the same way. A single output that is longer is left out. */
  readonly richLength: number;
  /** Outputs of one cell, adjacent text of one stream counted once. */
  readonly count: number;
  /** Outputs of all cells together. A cell may take a half of what is left. */
  readonly notebookLength: number;
  /** What a run spills at most, so that an endless output does not fill the disk. */
  readonly spillLength: number;
}

/**
 * 8 Mi of text, 128 Mi of rich data and 10,000 outputs a cell: past that a
 * browser gives up first. 384 Mi in all: a file beyond 512 MiB cannot be read back.
 */
export const DEFAULT_OUTPUT_LIMITS: OutputLimits = {
  streamLength: 8 * 2 ** 20,
  richLength: 128 * 2 ** 20,
  count: 10_000,
  notebookLength: 384 * 2 ** 20,
  spillLength: 4 * 2 ** 30,
};

/** Limits of one cell. */
export type CellLimits = Pick<OutputLimits, "streamLength" | "richLength" | "count">;

/** Takes what the notebook has no room for, in order. */
export interface OutputSpill {
  /** Appends text to the cell's spill file. */
  write(cellId: string, text: string): SpilledText;
  /** Empties the cell's spill file: its outputs were cleared. */
  restart(cellId: string): void;
}

/** Where outputs find room: in the notebook, and beside it. */
export interface OutputRoom {
  readonly budget: OutputBudget;
  readonly spill: OutputSpill;
}

/** What became of spilled text. */
export interface SpilledText {
  /** The path to name in the note; empty when there is no file. */
  readonly path: string;
  /** How much of the text is in the file, in UTF-16 units. */
  readonly kept: number;
}
