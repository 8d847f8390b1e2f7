import { encodeJson, type JsonObject } from "@notemill/json";
import { type Output, readNotebook } from "@notemill/nbformat";
import { listAt } from "../read-json.ts";

/** The outputs that an `Output` widget has caught; none where they are not what a cell could have. */
export function outputsOf(state: JsonObject): readonly Output[] {
  const cell = {
    cell_type: "code",
    id: "widget",
    metadata: {},
    execution_count: null,
    source: "",
    outputs: [...listAt(state, "outputs")],
  };
  const text = encodeJson({ cells: [cell], metadata: {}, nbformat: 4, nbformat_minor: 5 });
  try {
    const [read] = readNotebook(text, { newId: () => "widget" }).notebook.cells;
    return read?.cell_type === "code" ? read.outputs : [];
  } catch {
    return [];
  }
}
