import { suggestion } from "@notemill/errors";
import { encodeJson, type JsonValue } from "@notemill/json";
import type { z } from "zod";

/**
 * Says what is wrong with a value in plain words, and what is wanted; zod asks it for what a
 * schema has no words of its own for.
 *
 * Of fields that are not known there is a line for each, in their order.
 */
export function plainWords(issue: z.core.$ZodRawIssue): string {
  switch (issue.code) {
    case "invalid_type":
      return expected(typeNames.get(wantedType(issue)) ?? issue.expected, issue.input);
    case "invalid_value":
      return oneOf(issue.values, issue.input);
    case "invalid_union":
      return oneOf(Array.isArray(issue["options"]) ? issue["options"] : [], chosenBy(issue));
    case "too_small":
      if (issue.input === "") return "expected text that is not empty";
      return expected(`at least ${amount(issue.origin, issue.minimum)}`, issue.input);
    case "too_big":
      return expected(`at most ${amount(issue.origin, issue.maximum)}`, issue.input);
    case "unrecognized_keys":
      return issue.keys.map((key) => unknownField(key, fieldsOf(issue.inst))).join("\n");
    case "invalid_key":
      return `expected a name of 1 to ${LONGEST_NAME} characters`;
    default:
      return `${short(issue.input)} is not what is wanted here`;
  }
}

/** The longest name of a parameter. */
const LONGEST_NAME = 200;

/** Words for types, as somebody who writes YAML calls them. */
const typeNames: ReadonlyMap<string, string> = new Map([
  ["string", "text"],
  ["number", "a number"],
  ["int", "a whole number"],
  ["boolean", "true or false"],
  ["array", "a list"],
  ["object", "fields, each as name: value"],
  ["record", "names with values, each as name: value"],
]);

function wantedType({
  expected: type,
  inst,
}: {
  readonly expected: string;
  readonly inst?: unknown;
}): string {
  // A text where a whole number is wanted is found by the check for numbers.
  const isWhole = (inst as { readonly def?: { readonly format?: unknown } } | undefined)?.def?.format;
  return type === "number" && isWhole === "safeint" ? "int" : type;
}

function expected(what: string, found: unknown): string {
  return found === undefined ? `is missing; expected ${what}` : `expected ${what}, found ${short(found)}`;
}

function oneOf(values: readonly unknown[], found: unknown): string {
  const known = values.map(String);
  const what = known.length === 1 ? known.join("") : `one of ${known.join(", ")}`;
  return `${expected(what, found)}${typeof found === "string" ? suggestion(found, known) : ""}`;
}

/** What a value has in the field that says which of several it is. */
function chosenBy({ discriminator, input }: { readonly discriminator?: unknown; readonly input?: unknown }) {
  if (typeof input !== "object" || input === null || typeof discriminator !== "string") return input;
  return (input as Readonly<Record<string, unknown>>)[discriminator];
}

function amount(origin: string, limit: number | bigint): string {
  const unit = origin === "string" ? "character" : origin === "array" ? "entry" : "";
  if (unit === "") return String(limit);
  return `${limit} ${limit === 1 || limit === 1n ? unit : unit === "entry" ? "entries" : `${unit}s`}`;
}

function unknownField(key: string, known: readonly string[]): string {
  const meant = suggestion(key, known);
  return `there is no such field${meant === "" ? `; known are ${known.join(", ")}` : meant}`;
}

function fieldsOf(inst: unknown): readonly string[] {
  const shape = (inst as { readonly shape?: unknown } | undefined)?.shape;
  return typeof shape === "object" && shape !== null ? Object.keys(shape) : [];
}

function short(value: unknown): string {
  if (value === null) return "nothing";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object" && Object.getPrototypeOf(value) === Object.prototype) return "fields";
  const text = encodeJson(value as JsonValue);
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}
