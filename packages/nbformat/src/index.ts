/** Read, upgrade, validate, compare and write Jupyter notebook documents. */
export { isCellId } from "./cell-id.ts";
export { compareNotebooks } from "./diff/compare-notebooks.ts";
export type { CellPair } from "./diff/compare-notebooks.ts";
export { lineEdits } from "./diff/line-edits.ts";
export type { LineEdit } from "./diff/line-edits.ts";
export { encodeCell, encodeNotebook } from "./encode-notebook.ts";
export { createFileEncoder } from "./file-encoder.ts";
export type { FileStyle } from "./file-style.ts";
export { isJsonMimeType } from "./json-mime-type.ts";
export { mimeBundleFromJson } from "./mime-bundle.ts";
export { splitLines } from "./multiline-text.ts";
export type {
  Attachments,
  Cell,
  CellId,
  CodeCell,
  DisplayDataOutput,
  ErrorOutput,
  ExecuteResultOutput,
  MarkdownCell,
  MimeBundle,
  Notebook,
  NotebookMetadata,
  Output,
  RawCell,
  StreamOutput,
} from "./notebook.ts";
export { NotebookError } from "./notebook-error.ts";
export type { NotebookErrorCode } from "./notebook-error.ts";
export type { NotebookPath, NotebookProblem, NotebookProblemCode } from "./notebook-problem.ts";
export { createNotebookEncoder } from "./notebook-encoder.ts";
export type { EncodeNotebookOptions, NotebookEncoder } from "./notebook-encoder.ts";
export { outputFromJson } from "./output-from-json.ts";
export { decodeNotebookBytes, readNotebookBytes, readNotebookBytesInSteps } from "./read-notebook-bytes.ts";
export { readNotebook } from "./read-notebook.ts";
export type { ReadNotebookOptions, ReadNotebookResult } from "./read-notebook.ts";
export { readNotebookFile } from "./read-notebook-file.ts";
export type { LayoutField, NotebookFile, NotebookLayout } from "./read-notebook-file.ts";
export type { NotebookVersion } from "./upgrade-notebook.ts";
export { validateNotebook } from "./validate-notebook.ts";
