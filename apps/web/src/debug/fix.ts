import {
  type Cell,
  createFileEncoder,
  createNotebookEncoder,
  type Notebook,
  readNotebookFile,
} from "@notemill/nbformat";

/** A cell that was mended after a run. */
export interface Fix {
  readonly cellId: string;
  /** The source that the run had. */
  readonly before: string;
  /** The source that it is to have. */
  readonly source: string;
}

/** What becomes of a file that gets some fixes. */
export type FixedFile =
  | { readonly kind: "fixed"; readonly text: string }
  /** The file has them already. */
  | { readonly kind: "same" }
  /** The file has other sources there than the run had, or no such cells (`current` is null). */
  | {
      readonly kind: "conflict";
      readonly cells: readonly { readonly fix: Fix; readonly current: string | null }[];
    };

/**
 * Puts fixes into the text of a notebook file, which stays as it is elsewhere.
 *
 * Cells are known by their ids; in a file without ids, by the source that the run had.
 *
 * @param mode - `replace` takes over cells that somebody has changed since. Default `careful`.
 * @throws `NotebookError` for a text that is no notebook.
 */
export function fixFile(
  text: string,
  fixes: readonly Fix[],
  { mode = "careful" }: { readonly mode?: "careful" | "replace" } = {},
): FixedFile {
  let count = 0;
  const file = readNotebookFile(text, { newId: () => `new-${(count += 1)}` });
  const found = fixes.map((fix) => ({ fix, cell: cellOf(file.notebook, file.newIds, fix) }));
  const conflicts = found.filter(({ fix, cell }) => {
    if (cell === undefined) return true;
    return mode === "careful" && cell.source !== fix.before && cell.source !== fix.source;
  });
  if (conflicts.length > 0) {
    const cells = conflicts.map(({ fix, cell }) => ({ fix, current: cell?.source ?? null }));
    return { kind: "conflict", cells };
  }
  if (found.every(({ fix, cell }) => cell?.source === fix.source)) return { kind: "same" };
  const sources = new Map(found.map(({ fix, cell }) => [cell, fix.source]));
  const cells = file.notebook.cells.map((cell) => withSource(cell, sources.get(cell)));
  return {
    kind: "fixed",
    text: createFileEncoder(file)
      .encode({ ...file.notebook, cells })
      .join(""),
  };
}

function cellOf(notebook: Notebook, newIds: ReadonlySet<string>, fix: Fix): Cell | undefined {
  const byId = notebook.cells.find(({ id }) => id === fix.cellId && !newIds.has(id));
  if (byId !== undefined || newIds.size === 0) return byId;
  const alike = notebook.cells.filter(({ source }) => source === fix.before || source === fix.source);
  return alike.length === 1 ? alike[0] : undefined;
}

/** The tag of the cells that a failed run adds to its output notebook. */
const ERROR_TAG = "papermill-error-cell-tag";

/** A notebook to work on, from the output of a run: with fixes, and without what says that it is the output of a run. */
export function draftText(output: Notebook, fixes: readonly Fix[]): string {
  const sources = new Map(fixes.map(({ cellId, source }) => [cellId, source]));
  const { papermill: _papermill, notemill: _notemill, ...metadata } = output.metadata;
  const cells = output.cells
    .filter(({ metadata: { tags } }) => !(Array.isArray(tags) && tags.includes(ERROR_TAG)))
    .map((cell) => withSource(cell, sources.get(cell.id)))
    .map((cell) => {
      const { papermill: _run, ...rest } = cell.metadata;
      return { ...cell, metadata: rest };
    });
  return createNotebookEncoder({ trailingNewline: true })
    .encode({ ...output, metadata, cells })
    .join("");
}

/** The code cells that a run had otherwise than an earlier one of the same notebook. */
export function fixesBetween(earlier: Notebook, now: Notebook): readonly Fix[] {
  const before = new Map(earlier.cells.map((cell) => [cell.id, cell.source]));
  return now.cells.flatMap(({ id, source, metadata: { tags } }) => {
    const old = before.get(id);
    const isInjected = Array.isArray(tags) && tags.includes("injected-parameters");
    return old === undefined || old === source || isInjected ? [] : [{ cellId: id, before: old, source }];
  });
}

function withSource<C extends Cell>(cell: C, source: string | undefined): C {
  return source === undefined || source === cell.source ? cell : { ...cell, source };
}
