import type { JsonObject, RawJson } from "@notemill/json";

/**
 * A notebook document: the value of an `.ipynb` file, always in nbformat 4.5.
 *
 * Documents are immutable. To change a cell, make a new one and keep the others
 * by reference, so that a writer can tell what changed.
 *
 * Source of the format: https://nbformat.readthedocs.io/en/latest/format_description.html
 */
export interface Notebook {
  readonly nbformat: 4;
  readonly nbformat_minor: number;
  readonly metadata: NotebookMetadata;
  readonly cells: readonly Cell[];
}

/** Metadata of a notebook document. */
export type NotebookMetadata = JsonObject;

/** One cell of a notebook document. */
export type Cell = CodeCell | MarkdownCell | RawCell;

interface CellBase {
  /** 1 to 64 of `A-Z a-z 0-9 - _`, unique in the document. */
  readonly id: CellId;
  readonly metadata: JsonObject;
  /** The whole source, lines joined. */
  readonly source: string;
}

/** The id of a cell, as nbformat 4.5 defines it. */
export type CellId = string;

/** A cell that a kernel executes. */
export interface CodeCell extends CellBase {
  readonly cell_type: "code";
  readonly execution_count: number | null;
  readonly outputs: readonly Output[];
}

/** A cell of Markdown text. */
export interface MarkdownCell extends CellBase {
  readonly cell_type: "markdown";
  readonly attachments?: Attachments;
}

/** A cell that is neither executed nor rendered. */
export interface RawCell extends CellBase {
  readonly cell_type: "raw";
  readonly attachments?: Attachments;
}

/** Files inside a Markdown or raw cell: name → MIME bundle. */
export interface Attachments {
  readonly [name: string]: MimeBundle;
}

/**
 * Data by MIME type. Text is joined; JSON types (`application/json` and every
 * `+json`), and any value that is not text, stay {@link RawJson}.
 */
export interface MimeBundle {
  readonly [mimeType: string]: string | RawJson;
}

/** One output of a code cell. */
export type Output = StreamOutput | DisplayDataOutput | ExecuteResultOutput | ErrorOutput;

/** Text that went to standard output or standard error. */
export interface StreamOutput {
  readonly output_type: "stream";
  readonly name: string;
  readonly text: string;
}

/** Something displayed. */
export interface DisplayDataOutput {
  readonly output_type: "display_data";
  readonly data: MimeBundle;
  readonly metadata: JsonObject;
}

/** The value of a cell's last expression. */
export interface ExecuteResultOutput {
  readonly output_type: "execute_result";
  readonly execution_count: number | null;
  readonly data: MimeBundle;
  readonly metadata: JsonObject;
}

/** An exception that ended the cell. */
export interface ErrorOutput {
  readonly output_type: "error";
  readonly ename: string;
  readonly evalue: string;
  readonly traceback: readonly string[];
}
