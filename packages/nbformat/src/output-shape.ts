import { isJsonObject } from "@notemill/json";
import {
  anything,
  fieldOf,
  integer,
  listOf,
  missing,
  nullable,
  object,
  objectOf,
  string,
  text,
  unread,
  wrongType,
} from "./field-checks.ts";
import type { ObjectShape } from "./field-checks.ts";
import { checkAt, report } from "./inspection.ts";
import type { Check } from "./inspection.ts";
import { shownValue } from "./shown-value.ts";

/** Data of these types may be any JSON value. It is the pattern of the official schema. */
const JSON_MIME_TYPE = /^application\/(.*\+)?json$/u;

/** Takes data by MIME type. */
export const mimeBundle: Check = objectOf({
  what: "a MIME bundle",
  fields: {},
  others: (mimeType) => (JSON_MIME_TYPE.test(mimeType) ? anything : text),
});

/** Takes the execution count of a cell or a result. */
export const executionCount: Check = nullable(integer(0));

/**
 * Takes an output of a code cell.
 *
 * Source: https://nbformat.readthedocs.io/en/latest/format_description.html#code-cell-outputs
 */
export const output: Check = (value, inspection) => {
  const read = unread(value);
  if (!isJsonObject(read)) return wrongType("an object", value, inspection);
  const type = fieldOf(read, "output_type");
  if (type === undefined) return missing("output_type", inspection);
  const check = typeof type === "string" ? OUTPUTS.get(type) : undefined;
  if (check) return check(read, inspection);
  if (!inspection.isNewer) checkAt("output_type", type, unknownType, inspection);
};

const unknownType: Check = (value, inspection) => {
  const known = '"stream", "display_data", "execute_result" or "error"';
  report(inspection, "NOTEBOOK_FIELD_VALUE", `must be ${known}, found ${shownValue(value)}`);
};

const OUTPUTS: ReadonlyMap<string, Check> = new Map(
  Object.entries({
    stream: closed("a stream output", { name: string, text }),
    display_data: closed("a display_data output", { data: mimeBundle, metadata: object }),
    execute_result: closed("an execute_result output", {
      data: mimeBundle,
      metadata: object,
      execution_count: executionCount,
    }),
    error: closed("an error output", { ename: string, evalue: string, traceback: listOf(string) }),
  }),
);

/** An output whose fields are all required, and which has no others. */
function closed(what: string, fields: ObjectShape["fields"]): Check {
  return objectOf({
    what,
    fields: { output_type: anything, ...fields },
    required: Object.keys(fields),
    others: "forbidden",
  });
}
