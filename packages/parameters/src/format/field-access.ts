import type { ValueNode } from "../values/value-node.ts";
import type { FieldStep, Fail } from "./parse-template.ts";

/** What a field can hold: a parameter's value, a date-time, or the built-ins themselves. */
export type PathValue = ValueNode | DateTimeNode | BuiltInsNode;

/** A date-time. */
export interface DateTimeNode {
  readonly kind: "datetime";
  /** Its UTC fields are the fields of the date-time. */
  readonly fields: Date;
  /** Whether it says that it is UTC; local time says nothing. */
  readonly aware: boolean;
}

/** What `pm` stands for. */
interface BuiltInsNode {
  readonly kind: "built-ins";
  readonly entries: ReadonlyMap<string, PathValue>;
}

/** Follows `.attribute` or `[key]`; `missing` gets the key that a mapping has not. */
export function takeStep(
  value: PathValue,
  step: FieldStep,
  fail: Fail,
  missing: (key: string) => never,
): PathValue {
  if (step.kind === "attribute") return readAttribute(value, step.text, fail);
  const key = step.text;
  switch (value.kind) {
    case "dict":
      return value.entries.findLast(([name]) => name === key)?.[1] ?? missing(key);
    case "built-ins":
      return value.entries.get(key) ?? missing(key);
    case "list":
      return value.items[readIndex(key, fail)] ?? fail(`the list has no item ${key}`);
    case "string": {
      const char = Array.from(value.value)[readIndex(key, fail)] ?? fail(`the text has no character ${key}`);
      return { kind: "string", value: char };
    }
    default:
      return fail(`"[${key}]" cannot be taken from a ${value.kind}`);
  }
}

function readIndex(key: string, fail: Fail): number {
  return /^\d+$/.test(key) ? Number(key) : fail(`"[${key}]" is not the number of an item`);
}

function readAttribute(value: PathValue, attribute: string, fail: Fail): PathValue {
  const attributes = attributesOf(value);
  const found = Object.hasOwn(attributes, attribute) ? attributes[attribute] : undefined;
  return found ?? fail(`a ${value.kind} has no attribute "${attribute}" that a path may use`);
}

function attributesOf(value: PathValue): Readonly<Record<string, PathValue | undefined>> {
  switch (value.kind) {
    case "bool":
      return wholeNumber(value.value ? 1n : 0n);
    case "int":
      return wholeNumber(value.value);
    case "float":
      return { imag: { kind: "float", text: "0.0", value: 0 }, real: value };
    case "datetime":
      return dateTimeAttributes(value.fields);
    default:
      return {};
  }
}

function wholeNumber(value: bigint): Record<string, PathValue> {
  const self = { kind: "int", value } as const;
  return { denominator: int(1), imag: int(0), numerator: self, real: self };
}

function dateTimeAttributes(fields: Date): Record<string, PathValue> {
  return {
    day: int(fields.getUTCDate()),
    hour: int(fields.getUTCHours()),
    microsecond: int(fields.getUTCMilliseconds() * 1000),
    minute: int(fields.getUTCMinutes()),
    month: int(fields.getUTCMonth() + 1),
    second: int(fields.getUTCSeconds()),
    year: int(fields.getUTCFullYear()),
  };
}

function int(value: number): PathValue {
  return { kind: "int", value: BigInt(value) };
}
