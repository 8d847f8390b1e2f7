import type { JsonObject } from "@notemill/json";
import type { Notebook } from "@notemill/nbformat";
import { type CellRecord, createCellRecord } from "./cell-record.ts";
import { fileLength } from "./file-length.ts";
import { keptRecord } from "./kept-record.ts";
import { createOutputBudget } from "./output-budget.ts";
import type { OutputLimits, OutputRoom, OutputSpill } from "./output-limits.ts";

/** The output notebook of a run while it grows. */
export interface RunDocument {
  readonly records: readonly CellRecord[];
  /** Merges entries into the notebook's metadata; `undefined` takes one away. */
  setMetadata(entries: { readonly [key: string]: JsonObject[string] | undefined }): void;
  /** Merges entries into `metadata.papermill`. */
  setPapermill(entries: JsonObject): void;
  readonly metadata: JsonObject;
  /** Where the outputs of all cells find room. */
  readonly room: OutputRoom;
  /** The document as it is now. Cells that did not change are the same by reference. */
  snapshot(): Notebook;
}

/**
 * Makes the document of a run from its prepared source. Every cell begins
 * without outputs, but for those before `firstIndex`, which stay as they are.
 */
export function createRunDocument(
  source: Notebook,
  limits: OutputLimits,
  spill: OutputSpill,
  firstIndex = 0,
): RunDocument {
  const budget = createOutputBudget(limits);
  const room = { budget, spill };
  const records = source.cells.map((cell, index) => {
    if (index >= firstIndex) return createCellRecord(cell, index, room);
    const record = keptRecord(cell, index);
    for (const output of record.outputs.snapshot()) budget.add(fileLength(output));
    return record;
  });
  let metadata = source.metadata;

  function setMetadata(entries: { readonly [key: string]: JsonObject[string] | undefined }): void {
    const next: Record<string, JsonObject[string]> = { ...metadata };
    for (const [key, value] of Object.entries(entries)) {
      if (value === undefined) delete next[key];
      else next[key] = value;
    }
    metadata = next;
  }

  return {
    records,
    room,
    setMetadata,
    setPapermill(entries) {
      setMetadata({ papermill: { ...(metadata["papermill"] as JsonObject | undefined), ...entries } });
    },
    get metadata() {
      return metadata;
    },
    snapshot() {
      return { ...source, metadata, cells: records.map((record) => record.snapshot()) };
    },
  };
}
