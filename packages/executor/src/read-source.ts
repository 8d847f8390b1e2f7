import type { Notebook } from "@notemill/nbformat";
import { readNotebook } from "@notemill/nbformat";
import type { Location } from "@notemill/storage";
import type { RunEvent } from "./run-event.ts";

/**
 * Reads the source notebook of a run and upgrades it.
 *
 * What is wrong with the file but can be lived with becomes a warning.
 */
export async function readSource(
  location: Location,
  { newCellId, onEvent }: { readonly newCellId: () => string; readonly onEvent: (event: RunEvent) => void },
): Promise<Notebook> {
  const bytes = await location.read();
  const { notebook, problems } = readNotebook(new TextDecoder().decode(bytes), { newId: newCellId });
  for (const { code, message } of problems) onEvent({ type: "run-warned", code, message });
  return notebook;
}
