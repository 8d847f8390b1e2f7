import type { JsonObject } from "@notemill/json";
import type { ResultHead } from "../database/read-result.ts";
import { dataResource } from "./data-resource.ts";
import { htmlTable } from "./html-table.ts";
import { textTable } from "./text-table.ts";

const DATA_RESOURCE = "application/vnd.dataresource+json";

/** A result in the forms that front ends and programs read. */
export interface ResultBundle {
  readonly data: JsonObject;
  /** Says `sampled` of a data resource without some of its rows. */
  readonly metadata: JsonObject;
}

/** Shows a result. */
export function resultBundle(head: ResultHead): ResultBundle {
  const { json, isSampled } = dataResource(head);
  return {
    data: { "text/plain": textTable(head), "text/html": htmlTable(head), [DATA_RESOURCE]: json },
    metadata: isSampled ? { [DATA_RESOURCE]: { sampled: true } } : {},
  };
}
