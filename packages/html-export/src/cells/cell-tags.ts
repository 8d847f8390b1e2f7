import type { Cell } from "@notemill/nbformat";
import { listAt } from "../read-json.ts";

/** The tags of a cell. */
export function cellTags({ metadata }: Cell): ReadonlySet<string> {
  return new Set(listAt(metadata, "tags").filter((tag): tag is string => typeof tag === "string"));
}
