import { encodeJson, isJsonObject, parseJson, type RawJson } from "@notemill/json";
import type { ParameterValue } from "@notemill/parameters";
import { writeSlotExpression } from "../schedules/slot-expression.ts";
import { type Field, givenField } from "./field.ts";
import type { FormKind } from "./form-reading.ts";
import type { Resources } from "./resource-fields.tsx";

/** What is in a form before anybody has touched it. */
export interface FormStart {
  /** By name, where it is not the default of the notebook. */
  readonly texts: Readonly<Record<string, string>>;
  /** Values that stay as they are while their texts do, and those of names that the form has no field for. */
  readonly values: ReadonlyMap<string, ParameterValue>;
  /** Lists of a sweep that stay likewise. */
  readonly axes: ReadonlyMap<string, readonly ParameterValue[]>;
  readonly count: FormKind["count"];
  readonly mode: "product" | "zip";
  /** How many runs of a sweep go at a time. */
  readonly jobs: string;
  /** How long the kernel of a failure stays, in milliseconds. */
  readonly keepMs: number;
  readonly resources: Resources;
}

/** What a form of a notebook has at first. */
export const FIRST_START: FormStart = {
  texts: {},
  values: new Map(),
  axes: new Map(),
  count: "run",
  mode: "product",
  jobs: "4",
  keepMs: 600_000,
  resources: { memoryBytes: null, environment: null },
};

/** The texts that stand for parameters of a schedule, and for the lists of its sweep. */
export function givenTexts(
  fields: readonly Field[],
  parameters: RawJson,
  grid: RawJson | null,
): Pick<FormStart, "texts" | "values" | "axes"> {
  const values = entriesOf(parameters);
  const axes = new Map<string, readonly ParameterValue[]>();
  for (const [name, list] of grid === null ? [] : entriesOf(grid)) {
    if (Array.isArray(list)) axes.set(name, list as readonly ParameterValue[]);
  }
  const texts: Record<string, string> = {};
  for (const field of fields) {
    const value = values.get(field.name);
    const list = axes.get(field.name);
    if (list !== undefined) texts[field.name] = list.map(textInList).join(", ");
    else if (value !== undefined)
      texts[field.name] = writeSlotExpression(value) ?? givenField(field, value).initial;
  }
  return { texts, values, axes };
}

/** What has been read from a form, but as it was given where nobody has touched it. */
export function withUntouched<Value>(
  given: ReadonlyMap<string, Value>,
  read: Iterable<readonly [string, Value]>,
  isTouched: (name: string) => boolean,
): ReadonlyMap<string, Value> {
  const values = new Map([...given].filter(([name]) => !isTouched(name)));
  for (const [name, value] of read) if (!values.has(name)) values.set(name, value);
  return values;
}

function entriesOf(json: RawJson): ReadonlyMap<string, ParameterValue> {
  const value = parseJson(json.text);
  return new Map(isJsonObject(value) ? Object.entries(value) : []);
}

function textInList(value: ParameterValue): string {
  return typeof value === "string" ? value : encodeJson(value);
}
