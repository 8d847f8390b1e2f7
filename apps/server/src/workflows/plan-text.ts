import {
  encodeJson,
  isJsonObject,
  JsonNumber,
  type JsonObject,
  type JsonValue,
  parseJson,
} from "@notemill/json";
import type { Workflow } from "@notemill/schedules";

/** What the plan of a version holds: all that is needed to carry it out. */
export interface PlanContent {
  readonly name: string;
  readonly workflow: Workflow;
  /** By key. */
  readonly pins: ReadonlyMap<string, StepPin>;
}

/** What was fixed of a step when its version was made. */
export interface StepPin {
  /** The steps whose scraps its expressions name. */
  readonly reads: readonly string[];
  /** Null for a wait. */
  readonly notebook: NotebookPin | null;
}

/** The notebook of a step as its runs read it. */
export interface NotebookPin {
  readonly path: string;
  readonly sourceHash: string;
  /** The notebook without its cells, but for the one that declares the parameters: parameters are checked against it. */
  readonly head: string;
}

/** A plan as JSON. The same content gives the same text. */
export function encodePlan({ name, workflow, pins }: PlanContent): string {
  const steps = [...pins].map(([key, { reads, notebook }]): [string, JsonValue] => [
    key,
    { reads, notebook: notebook && { ...notebook } },
  ]);
  return encodeJson({ name, workflow: workflow as unknown as JsonValue, steps: Object.fromEntries(steps) });
}

/** Reads what {@link encodePlan} has written. */
export function decodePlan(text: string): PlanContent {
  // It is our own text.
  const { name, workflow, steps } = parseJson(text) as JsonObject & {
    readonly name: string;
    readonly workflow: JsonValue;
    readonly steps: Readonly<Record<string, StepPin & JsonObject>>;
  };
  return {
    name,
    workflow: plainNumbers(workflow) as unknown as Workflow,
    pins: new Map(Object.entries(steps)),
  };
}

/**
 * A definition with the numbers that it is itself made of, such as limits, as plain ones:
 * `2.0` in a file is 2 there. Values that are handed to notebooks stay as they were written.
 */
export function plainNumbers(value: JsonValue): JsonValue {
  return convert(value, (key) => key !== "parameters" && key !== "list");
}

function convert(value: JsonValue, isOurs: (key: string) => boolean): JsonValue {
  if (value instanceof JsonNumber) return value.toNumber();
  if (Array.isArray(value)) return value.map((it: JsonValue) => convert(it, isOurs));
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, it]) => [key, isOurs(key) ? convert(it, isOurs) : it]),
  );
}
