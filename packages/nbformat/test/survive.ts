import {
  NotebookError,
  createFileEncoder,
  encodeNotebook,
  readNotebook,
  readNotebookFile,
} from "@notemill/nbformat";
import type { Notebook } from "@notemill/nbformat";

/**
 * Reads a text that may be anything, and checks what must hold of every
 * notebook that is read.
 *
 * @returns `read`, or the code of the error it was refused with.
 * @throws whatever else happens: that is the finding.
 */
export function surviving(text: string): string {
  let count = 0;
  const newId = (): string => `new-${++count}`;
  try {
    const file = readNotebookFile(text, { newId });
    checkShape(file.notebook);
    const encoded = encodeNotebook(file.notebook);
    const again = readNotebook(encoded, { newId });
    if (encodeNotebook(again.notebook) !== encoded)
      throw new Error(`reads differently when written: ${encoded}`);
    const saved = createFileEncoder(file).encode(file.notebook).join("");
    if (file.newIds.size === 0 && file.layout.fields !== null && saved !== text) {
      throw new Error(`saves differently: ${saved}`);
    }
    return "read";
  } catch (error) {
    if (error instanceof NotebookError && error.message.length < 1000) return error.code;
    throw new Error(`text ${JSON.stringify(text.slice(0, 2000))}`, { cause: error });
  }
}

/** Holds a notebook to its type, which whoever uses it relies on. */
function checkShape(notebook: Notebook): void {
  const ids = new Set<string>();
  for (const cell of notebook.cells) {
    require(typeof cell.source === "string", "source is text");
    require(isPlainObject(cell.metadata), "metadata is an object");
    require(/^[\w-]{1,64}$/.test(cell.id) && !ids.has(cell.id), "id is valid and unique");
    ids.add(cell.id);
    if (cell.cell_type !== "code") continue;
    require(cell.execution_count === null || Number.isInteger(cell.execution_count), "count is an integer");
    for (const output of cell.outputs) {
      require(typeof output.output_type === "string", "output has a type");
      if (output.output_type === "stream") require(typeof output.text === "string", "stream has text");
      else if (output.output_type === "error")
        require(Array.isArray(output.traceback), "error has a traceback");
      else
        require(isPlainObject(output.data) && isPlainObject(output.metadata), "output has data and metadata");
    }
  }
}

function isPlainObject(value: unknown): boolean {
  return typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

function require(isTrue: boolean, what: string): void {
  if (!isTrue) throw new Error(`does not hold: ${what}`);
}
