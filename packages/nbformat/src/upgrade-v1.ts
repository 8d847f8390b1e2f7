import { isJsonObject } from "@notemill/json";
import type { JsonObject, JsonValue } from "@notemill/json";
import { invalidNotebook } from "./notebook-error.ts";
import { textOr } from "./output-from-json.ts";

/**
 * Turns a notebook of nbformat 1, which IPython wrote in 2011, into one of
 * nbformat 4. It has no metadata and no outputs.
 *
 * @throws {@link NotebookError} `NOTEBOOK_INVALID` when the cells are not a list of objects.
 */
export function upgradeV1(root: JsonObject): JsonObject {
  if (!Array.isArray(root.cells)) throw invalidNotebook(["cells"], "a list", root.cells);
  const cells = root.cells.map((cell: JsonValue, index) => {
    if (isJsonObject(cell)) return upgradeCell(cell);
    throw invalidNotebook(["cells", index], "an object", cell);
  });
  return { nbformat: 4, nbformat_minor: 5, metadata: {}, cells };
}

function upgradeCell(cell: JsonObject): JsonObject {
  if (cell.cell_type !== "code") {
    return { cell_type: "markdown", metadata: {}, source: textOr(cell.text, "") };
  }
  return {
    cell_type: "code",
    execution_count: cell.prompt_number ?? null,
    metadata: { collapsed: false },
    outputs: [],
    source: textOr(cell.code, ""),
  };
}
