import type { CellId } from "./notebook.ts";

/** Every code of a {@link NotebookProblem}. Each has a section in docs/reference/errors.md. */
export type NotebookProblemCode =
  | "NOTEBOOK_FIELD_MISSING"
  | "NOTEBOOK_FIELD_UNKNOWN"
  | "NOTEBOOK_FIELD_TYPE"
  | "NOTEBOOK_FIELD_VALUE"
  | "NOTEBOOK_CELL_ID_DUPLICATE"
  | "NOTEBOOK_VERSION_NEWER";

/**
 * Something in a notebook that its format forbids and that reading survived.
 *
 * A problem is a value and not an exception: a notebook with problems still
 * runs, as under Jupyter and papermill, and the caller reports them.
 */
export interface NotebookProblem {
  readonly code: NotebookProblemCode;
  /** Names the cell and the field, such as `cell 3 ("a1b2"): outputs[0].name must be a string, found 5`. */
  readonly message: string;
  /** Keys and indexes from the top of the file to the value. */
  readonly path: NotebookPath;
  /** Counted from 0. */
  readonly cellIndex?: number;
  /** The id as it stood in the file. */
  readonly cellId?: CellId;
}

/** Keys and indexes that lead from the top of a file to one of its values. */
export type NotebookPath = readonly (string | number)[];
