import { isCodedError } from "@notemill/errors";
import { exportHtmlChunks } from "@notemill/html-export";
import type { Notebook } from "@notemill/nbformat";
import { notebookOf } from "../runs/notebook-of.ts";

/** The largest notebook that is shown as a page, in bytes. */
export const MOST_SHOWN = 20 * 2 ** 20;

/** The longest output in a page, in UTF-16 units. */
const LONGEST_OUTPUT = 200_000;

/** A notebook as a static page, piece by piece; null for bytes that are no notebook. */
export function notebookPage(bytes: Uint8Array, name: string): AsyncGenerator<string> | null {
  const notebook = readable(bytes);
  return notebook === null ? null : inTurns(notebook, name);
}

function readable(bytes: Uint8Array): Notebook | null {
  try {
    return notebookOf(bytes);
  } catch (error) {
    if (isCodedError(error) && /^(?:NOTEBOOK|JSON)_/.test(error.code)) return null;
    throw error;
  }
}

async function* inTurns(notebook: Notebook, name: string): AsyncGenerator<string> {
  for (const chunk of exportHtmlChunks(notebook, { name, maxOutputLength: LONGEST_OUTPUT })) {
    yield chunk;
    // Others have their turn: a page may take a while.
    await new Promise((resolve) => setImmediate(resolve));
  }
}
