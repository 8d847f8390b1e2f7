import { isCodedError } from "@notemill/errors";
import { type ExportHtmlOptions, exportHtmlChunks } from "@notemill/html-export";
import type { Cell, Notebook } from "@notemill/nbformat";
import { notebookOf } from "../runs/notebook-of.ts";

/** The largest notebook that is shown as a page, in bytes. */
export const MOST_SHOWN = 20 * 2 ** 20;

/** The longest output in a page, in UTF-16 units. */
const LONGEST_OUTPUT = 200_000;

/** How {@link notebookPage} shows a notebook. */
export interface NotebookPageOptions {
  readonly name: string;
  /** Whether its code is in the page, and the code that tracebacks quote. */
  readonly code: "show" | "omit";
}

/** A notebook as a static page, piece by piece; null for bytes that are no notebook. */
export function notebookPage(
  bytes: Uint8Array,
  { name, code }: NotebookPageOptions,
): AsyncGenerator<string> | null {
  const notebook = readable(bytes);
  if (notebook === null) return null;
  const options = { name, input: code, maxOutputLength: LONGEST_OUTPUT };
  return inTurns(code === "show" ? notebook : withoutTracebacks(notebook), options);
}

function withoutTracebacks(notebook: Notebook): Notebook {
  const cells = notebook.cells.map((cell): Cell => {
    if (cell.cell_type !== "code") return cell;
    const outputs = cell.outputs.map((it) => (it.output_type === "error" ? { ...it, traceback: [] } : it));
    return { ...cell, outputs };
  });
  return { ...notebook, cells };
}

function readable(bytes: Uint8Array): Notebook | null {
  try {
    return notebookOf(bytes);
  } catch (error) {
    if (isCodedError(error) && /^(?:NOTEBOOK|JSON)_/.test(error.code)) return null;
    throw error;
  }
}

async function* inTurns(notebook: Notebook, options: ExportHtmlOptions): AsyncGenerator<string> {
  for (const chunk of exportHtmlChunks(notebook, options)) {
    yield chunk;
    // Others have their turn: a page may take a while.
    await new Promise((resolve) => setImmediate(resolve));
  }
}
