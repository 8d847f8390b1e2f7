import { JsonNumber } from "@notemill/json";
import type { Notebook } from "@notemill/nbformat";
import { readScraps } from "./read-scraps.ts";

/**
 * Reads the numbers that a notebook document recorded, by name: scraps and
 * papermill 0.x records whose value is one number. NaN and infinities count.
 */
export function readMetrics(notebook: Notebook): ReadonlyMap<string, number | JsonNumber> {
  const metrics = new Map<string, number | JsonNumber>();
  for (const { name, data } of readScraps(notebook).scraps.values()) {
    if (typeof data === "number" || data instanceof JsonNumber) metrics.set(name, data);
  }
  return metrics;
}
