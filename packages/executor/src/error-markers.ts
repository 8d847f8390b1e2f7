import type { CellId, MarkdownCell, Notebook } from "@notemill/nbformat";

/** Tag of the two cells that papermill adds to the output notebook of a failed run. */
const ERROR_MARKER_TAG = "papermill-error-cell-tag";

const STYLE = 'style="color:red; font-family:Helvetica Neue, Helvetica, Arial, sans-serif; font-size:2em;"';

/**
 * Adds papermill's two marker cells: a banner on top that links to an anchor,
 * which stands right before the cell that ended the run.
 *
 * @param executionCount - The number in the banner's `In [N]`; papermill writes `None` where there is none.
 */
export function addErrorMarkers(
  notebook: Notebook,
  failed: { readonly cellIndex: number; readonly executionCount: number | null },
  newId: () => CellId,
): Notebook {
  const label = `In [${failed.executionCount ?? "None"}]`;
  const banner = `<span ${STYLE}>An Exception was encountered at '<a href="#papermill-error-cell">${label}</a>'.</span>`;
  const anchor = `<span id="papermill-error-cell" ${STYLE}>Execution using papermill encountered an exception here and stopped:</span>`;
  const cells = [...notebook.cells];
  cells.splice(failed.cellIndex, 0, marker(anchor, newId()));
  cells.unshift(marker(banner, newId()));
  return { ...notebook, cells };
}

/** Takes away the marker cells of an earlier run. */
export function removeErrorMarkers(notebook: Notebook): Notebook {
  const cells = notebook.cells.filter((cell) => {
    const { tags } = cell.metadata;
    return !(Array.isArray(tags) && tags.includes(ERROR_MARKER_TAG));
  });
  return cells.length === notebook.cells.length ? notebook : { ...notebook, cells };
}

function marker(source: string, id: CellId): MarkdownCell {
  return { cell_type: "markdown", id, metadata: { tags: [ERROR_MARKER_TAG] }, source };
}
