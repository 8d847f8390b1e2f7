import { encodeJson, RawJson } from "@notemill/json";
import type { ResultHead } from "../database/read-result.ts";
import { columnField } from "./column-field.ts";
import { valueJson } from "./value-json.ts";

/** Most text of one data resource, in characters; rows behind that are left out. */
const MOST_TEXT = 2 ** 21;

/** A table of which some rows may be left out. */
export interface DataResource {
  readonly json: RawJson;
  readonly isSampled: boolean;
}

/**
 * Writes a result as a tabular data resource of Frictionless Data.
 *
 * `notemill` says whether that is all: `shown` rows are here, `counted` rows were
 * read, and there are more than these unless `complete`.
 */
export function dataResource({ columns, rows, rowCount, isWhole }: ResultHead): DataResource {
  const texts: string[] = [];
  let room = MOST_TEXT;
  for (const row of rows) {
    const entries = columns.map(
      ({ name, type }, index) => [name, valueJson(row[index] ?? null, type)] as const,
    );
    const text = encodeJson(Object.fromEntries(entries));
    room -= text.length;
    if (room < 0) break;
    texts.push(text);
  }
  const rest = encodeJson({
    schema: { fields: columns.map(columnField) },
    profile: "tabular-data-resource",
    notemill: { shown: texts.length, counted: rowCount, complete: isWhole },
  });
  return {
    json: new RawJson(`{"data":[${texts.join(",")}],${rest.slice(1)}`),
    isSampled: !isWhole || texts.length < rowCount,
  };
}
