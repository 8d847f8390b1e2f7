import { encodeJson, RawJson } from "@notemill/json";
import type { ParameterValue } from "@notemill/parameters";
import { readSlotExpression } from "../schedules/slot-expression.ts";
import { type Field, readField } from "./field.ts";
import { readGridField } from "./grid-field.ts";

/** What a form of parameters asks for: one run or many, now or on a schedule. */
export interface FormKind {
  readonly count: "run" | "sweep";
  readonly when: "now" | "schedule";
}

/** What is in a form. */
export interface FormReading {
  readonly values: ReadonlyMap<string, ParameterValue>;
  /** Those that follow the slot of a schedule, which are expressions. */
  readonly expressions: ReadonlyMap<string, ParameterValue>;
  /** Those with several values, in a sweep. */
  readonly axes: ReadonlyMap<string, readonly ParameterValue[]>;
  readonly problems: ReadonlyMap<string, string>;
}

/** Reads every field of a form; `texts` has those that somebody has changed. */
export function readForm(
  fields: readonly Field[],
  texts: Readonly<Record<string, string>>,
  { count, when }: FormKind,
): FormReading {
  const values = new Map<string, ParameterValue>();
  const expressions = new Map<string, ParameterValue>();
  const axes = new Map<string, readonly ParameterValue[]>();
  const problems = new Map<string, string>();
  for (const field of fields) {
    const text = texts[field.name] ?? field.initial;
    // A default that looks like an expression is a default.
    const mayFollow = when === "schedule" && text !== field.initial;
    const expression = mayFollow ? readSlotExpression(text) : undefined;
    if (expression !== undefined) {
      expressions.set(field.name, expression);
      continue;
    }
    const reading = count === "run" ? readField(field, text) : readGridField(field, text);
    if (reading.kind === "problem") problems.set(field.name, reading.message);
    if (reading.kind === "value") values.set(field.name, reading.value);
    if (reading.kind !== "values") continue;
    const [first = null, ...others] = reading.values;
    if (others.length === 0) values.set(field.name, first);
    else axes.set(field.name, reading.values);
  }
  return { values, expressions, axes, problems };
}

/** How many runs the values of a sweep mean; or why they cannot be combined. */
export function countRuns({ axes }: Pick<FormReading, "axes">, mode: "product" | "zip"): number | string {
  const lengths = [...axes.values()].map(({ length }) => length);
  if (lengths.length === 0) return "Give one of them several values";
  if (mode === "product") return lengths.reduce((product, length) => product * length, 1);
  const [most = 0] = lengths.toSorted((a, b) => b - a);
  return lengths.every((length) => length === most) ? most : "The lists are not equally long";
}

/** Values by name as the server takes them. */
export function jsonOf(values: Iterable<readonly [string, ParameterValue]>): RawJson {
  return new RawJson(encodeJson(Object.fromEntries(values)));
}
