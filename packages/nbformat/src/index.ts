/** Read, upgrade, validate and write Jupyter notebook documents. */
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
