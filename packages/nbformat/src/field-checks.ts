import { isJsonObject, JsonNumber, parseJson, RawJson } from "@notemill/json";
import type { JsonObject, JsonValue } from "@notemill/json";
import { checkAt, report } from "./inspection.ts";
import type { Check, Inspection } from "./inspection.ts";
import { shownValue } from "./shown-value.ts";

/** What the format says of an object. */
export interface ObjectShape {
  /** What it is, with its article: `a code cell`. */
  readonly what: string;
  readonly fields: Readonly<Record<string, Check>>;
  readonly required?: readonly string[];
  /** What the format says of fields it does not name. Default: anything goes. */
  readonly others?: "forbidden" | ((key: string) => Check);
}

/** Takes any value. */
export const anything: Check = () => {};

/** Takes text. */
export const string: Check = (value, inspection) => {
  if (typeof value !== "string") wrongType("a string", value, inspection);
};

/** Takes `true` and `false`. */
export const boolean: Check = (value, inspection) => {
  if (typeof value !== "boolean") wrongType("true or false", value, inspection);
};

/** Takes any object. */
export const object: Check = (value, inspection) => {
  if (!isJsonObject(unread(value))) wrongType("an object", value, inspection);
};

/** Takes any list. */
export const list: Check = (value, inspection) => {
  if (!Array.isArray(unread(value))) wrongType("a list", value, inspection);
};

/** Takes text, whole or in lines. */
export const text: Check = (value, inspection) => {
  if (typeof value === "string") return;
  const lines = unread(value);
  if (!Array.isArray(lines)) return wrongType("a string or a list of strings", value, inspection);
  listOf(string)(lines, inspection);
};

/** Takes an integer within bounds. */
export function integer(least: number, most = Infinity): Check {
  const bounds = most === least ? `${least}` : `${least} or more`;
  return (value, inspection) => {
    const number = value instanceof JsonNumber && value.isInteger ? value.toNumber() : value;
    if (typeof number !== "number" || !Number.isInteger(number)) {
      wrongType("an integer", value, inspection);
    } else if (number < least || number > most) {
      report(inspection, "NOTEBOOK_FIELD_VALUE", `must be ${bounds}, found ${shownValue(value)}`);
    }
  };
}

/** Takes `null` and what `check` takes. */
export function nullable(check: Check): Check {
  return (value, inspection) => {
    if (value !== null) check(value, inspection);
  };
}

/** Takes text that matches `pattern`. */
export function matching(pattern: RegExp, wanted: string): Check {
  return (value, inspection) => {
    if (typeof value !== "string") return wrongType("a string", value, inspection);
    if (pattern.test(value)) return;
    report(inspection, "NOTEBOOK_FIELD_VALUE", `must be ${wanted}, found ${shownValue(value)}`);
  };
}

/** Takes a list whose items `check` takes. */
export function listOf(check: Check): Check {
  return (value, inspection) => {
    const items = unread(value);
    if (!Array.isArray(items)) return wrongType("a list", value, inspection);
    items.forEach((item: JsonValue, index) => checkAt(index, item, check, inspection));
  };
}

/** Takes an object of a shape. */
export function objectOf(shape: ObjectShape): Check {
  const fields = new Map(Object.entries(shape.fields));
  return (value, inspection) => {
    const read = unread(value);
    if (!isJsonObject(read)) return wrongType("an object", value, inspection);
    for (const key of shape.required ?? []) {
      if (!Object.hasOwn(read, key)) missing(key, inspection);
    }
    for (const [key, field] of Object.entries(read)) {
      const check = fields.get(key) ?? otherField(shape, key, inspection);
      checkAt(key, field, check, inspection);
    }
  };
}

/** Reads what was left unread. */
export function unread(value: JsonValue): JsonValue {
  return value instanceof RawJson ? parseJson(value.text, { maxDepth: 1000 }) : value;
}

/** Reports a value of the wrong type. */
export function wrongType(wanted: string, found: JsonValue, inspection: Inspection): void {
  report(inspection, "NOTEBOOK_FIELD_TYPE", `must be ${wanted}, found ${shownValue(found)}`);
}

/** Reports a field that is not there. */
export function missing(key: string, inspection: Inspection): void {
  checkAt(key, null, (_value, at) => report(at, "NOTEBOOK_FIELD_MISSING", "is missing"), inspection);
}

/** Gives the field `key` of an object, `undefined` when it has none of its own. */
export function fieldOf(value: JsonObject, key: string): JsonValue | undefined {
  return Object.hasOwn(value, key) ? value[key] : undefined;
}

function otherField({ what, others }: ObjectShape, key: string, inspection: Inspection): Check {
  if (others === undefined || inspection.isNewer) return anything;
  if (others !== "forbidden") return others(key);
  return (_value, at) => report(at, "NOTEBOOK_FIELD_UNKNOWN", `is not a field of ${what}`);
}
