import type { JsonObject } from "@notemill/json";
import type { MimeBundle } from "@notemill/nbformat";
import type { CellOutputs } from "./cell-outputs.ts";
import type { OutputSlot } from "./output-slot.ts";

/** Knows which outputs, in any cell or widget, show the display of a given id. */
export interface DisplayRegistry {
  add(displayId: string, outputs: CellOutputs, slot: OutputSlot): void;
  /** Puts new data into every output of this id; an id nobody showed is ignored, as in nbclient. */
  update(displayId: string, data: MimeBundle, metadata: JsonObject): void;
}

interface Shown {
  readonly outputs: CellOutputs;
  readonly slot: OutputSlot;
}

/** The registry is cleared up whenever it has doubled, but not while it is smaller than this. */
const LEAST_SIZE = 1000;

/** Makes an empty {@link DisplayRegistry}. */
export function createDisplayRegistry(): DisplayRegistry {
  const displays = new Map<string, Shown[]>();
  let size = 0;
  let clearUpAt = LEAST_SIZE;

  /** Forgets outputs that were cleared or spilled, of which a loop can make any number. */
  function clearUp(): void {
    size = 0;
    for (const [displayId, shown] of displays) {
      const rest = shown.filter(isThere);
      if (rest.length === 0) displays.delete(displayId);
      else displays.set(displayId, rest);
      size += rest.length;
    }
    clearUpAt = Math.max(LEAST_SIZE, 2 * size);
  }

  return {
    add(displayId, outputs, slot) {
      const shown = displays.get(displayId);
      if (shown) shown.push({ outputs, slot });
      else displays.set(displayId, [{ outputs, slot }]);
      size += 1;
      if (size > clearUpAt) clearUp();
    },
    update(displayId, data, metadata) {
      for (const { outputs, slot } of displays.get(displayId) ?? []) {
        const { output } = slot;
        if (output.output_type !== "display_data" && output.output_type !== "execute_result") continue;
        outputs.update(slot, { ...output, data, metadata });
      }
    },
  };
}

function isThere({ slot }: Shown): boolean {
  return slot.place !== "gone";
}
