import type { JsonObject } from "@notemill/json";
import type { MimeBundle } from "@notemill/nbformat";
import type { CellRecord } from "./cell-record.ts";
import type { OutputSlot } from "./output-slot.ts";

/** Knows which outputs, in any cell, show the display of a given id. */
export interface DisplayRegistry {
  add(displayId: string, record: CellRecord, slot: OutputSlot): void;
  /** Puts new data into every output of this id; an id nobody showed is ignored, as in nbclient. */
  update(displayId: string, data: MimeBundle, metadata: JsonObject): void;
  /** Forgets the outputs of a cell that were cleared. */
  clear(record: CellRecord): void;
}

/** Makes an empty {@link DisplayRegistry}. */
export function createDisplayRegistry(): DisplayRegistry {
  const displays = new Map<string, { record: CellRecord; slot: OutputSlot }[]>();
  return {
    add(displayId, record, slot) {
      const shown = displays.get(displayId);
      if (shown) shown.push({ record, slot });
      else displays.set(displayId, [{ record, slot }]);
    },
    update(displayId, data, metadata) {
      for (const { record, slot } of displays.get(displayId) ?? []) {
        const { output } = slot;
        if (output.output_type !== "display_data" && output.output_type !== "execute_result") continue;
        record.outputs.update(slot, { ...output, data, metadata });
      }
    },
    clear(record) {
      for (const [displayId, shown] of displays) {
        const rest = shown.filter((it) => it.record !== record);
        if (rest.length === 0) displays.delete(displayId);
        else displays.set(displayId, rest);
      }
    },
  };
}
