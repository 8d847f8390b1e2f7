import { isJsonObject } from "@notemill/json";
import type { JsonValue } from "@notemill/json";
import {
  anything,
  boolean,
  fieldOf,
  listOf,
  matching,
  missing,
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
import { executionCount, mimeBundle, output } from "./output-shape.ts";
import { shownValue } from "./shown-value.ts";

/**
 * Takes a cell of nbformat 4 with this minor version.
 *
 * Source: https://nbformat.readthedocs.io/en/latest/format_description.html#cell-types
 */
export function cellOf(minor: number): Check {
  const shapes = cellShapes(minor);
  const unrecognized = objectOf({
    what: "a cell",
    fields: { metadata: anyMetadata },
    required: ["metadata"],
  });
  return (value, inspection) => {
    const read = unread(value);
    if (!isJsonObject(read)) return wrongType("an object", value, inspection);
    const type = fieldOf(read, "cell_type");
    if (type === undefined) return missing("cell_type", inspection);
    const check = typeof type === "string" ? shapes.get(type) : undefined;
    if (check) return check(read, inspection);
    if (inspection.isNewer) return unrecognized(read, inspection);
    checkAt("cell_type", type, unknownType, inspection);
  };
}

const unknownType: Check = (value, inspection) => {
  const finding = `must be "code", "markdown" or "raw", found ${shownValue(value)}`;
  report(inspection, "NOTEBOOK_FIELD_VALUE", finding);
};

function cellShapes(minor: number): ReadonlyMap<string, Check> {
  const since43 = minor >= 3 ? { jupyter: object } : {};
  const since44 = minor >= 4 ? { execution: executionTimes } : {};
  const since45 = minor >= 5 ? { id: cellId } : {};
  const shared = { cell_type: anything, source: text, ...since45 };
  const withAttachments = { ...shared, attachments };
  const metadata = (fields: ObjectShape["fields"]): Check =>
    objectOf({ what: "metadata", fields: { name, tags, ...since43, ...fields } });
  return new Map([
    ["raw", closed("a raw cell", { ...withAttachments, metadata: metadata({ format: string }) })],
    ["markdown", closed("a markdown cell", { ...withAttachments, metadata: metadata({}) })],
    [
      "code",
      closed("a code cell", {
        ...shared,
        metadata: metadata({ ...since44, collapsed: boolean, scrolled }),
        outputs: listOf(output),
        execution_count: executionCount,
      }),
    ],
  ]);
}

/** A cell that has no other fields, and must have all but attachments. */
function closed(what: string, fields: ObjectShape["fields"]): Check {
  const required = Object.keys(fields).filter((key) => key !== "attachments");
  return objectOf({ what, fields, required, others: "forbidden" });
}

const name = matching(/^.+$/u, "one line of text, not empty");

const tag = matching(/^[^,]+$/u, "a tag, not empty and without commas");

const tags: Check = (value, inspection) => {
  const items = unread(value);
  listOf(tag)(items, inspection);
  if (!Array.isArray(items)) return;
  const seen = new Set<JsonValue>();
  items.forEach((item: JsonValue, index) => {
    if (typeof item === "string" && seen.has(item)) checkAt(index, item, repeatedTag, inspection);
    seen.add(item);
  });
};

const repeatedTag: Check = (value, inspection) =>
  report(inspection, "NOTEBOOK_FIELD_VALUE", `repeats the tag ${shownValue(value)}`);

const anyMetadata = objectOf({ what: "metadata", fields: { name, tags } });

/** When messages came and went; the schema's pattern leaves out keys of several lines. */
const executionTimes = objectOf({
  what: "execution",
  fields: {},
  others: (key) => (/^.*$/u.test(key) ? string : anything),
});

const scrolled: Check = (value, inspection) => {
  if (value === true || value === false || value === "auto") return;
  report(inspection, "NOTEBOOK_FIELD_VALUE", `must be true, false or "auto", found ${shownValue(value)}`);
};

const attachments = objectOf({ what: "attachments", fields: {}, others: () => mimeBundle });

const idText = matching(/^[a-zA-Z0-9\-_]{1,64}$/u, "1 to 64 letters, digits, hyphens or underscores");

const cellId: Check = (value, inspection) => {
  idText(value, inspection);
  const first = inspection.firstCells.get(value);
  if (typeof value !== "string" || first === undefined || first === inspection.path[1]) return;
  report(inspection, "NOTEBOOK_CELL_ID_DUPLICATE", `is also the id of cell ${first}`);
};
