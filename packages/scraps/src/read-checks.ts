import type { Notebook } from "@notemill/nbformat";
import type { Check } from "./check.ts";
import { readScraps } from "./read-scraps.ts";

/** Reads the checks of a notebook document, in order, repeated names included. */
export function readChecks(notebook: Notebook): readonly Check[] {
  return readScraps(notebook).checks;
}
