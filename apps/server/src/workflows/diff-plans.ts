import type { AppliedWorkflow } from "@notemill/api";
import { encodeJson, type JsonObject, type JsonValue } from "@notemill/json";
import type { PlanContent } from "./plan-text.ts";

type Change = AppliedWorkflow["changes"][number];

/** What a plan changes, by step and field; of the notebooks that steps run, their hashes are told. */
export function diffPlans(before: PlanContent | null, after: PlanContent): Change[] {
  const earlier = before === null ? { own: {}, steps: new Map<string, JsonObject>() } : partsOf(before);
  const later = partsOf(after);
  const keys = new Set([...earlier.steps.keys(), ...later.steps.keys()]);
  return [
    ...fieldChanges(null, earlier.own, later.own),
    ...[...keys].flatMap((key) => stepChanges(key, earlier.steps.get(key), later.steps.get(key))),
  ];
}

function stepChanges(key: string, before: JsonObject | undefined, after: JsonObject | undefined): Change[] {
  if (before !== undefined && after !== undefined) return fieldChanges(key, before, after);
  return [{ step: key, field: "", before: textOf(before), after: textOf(after) }];
}

function fieldChanges(step: string | null, before: JsonObject, after: JsonObject): Change[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return names.flatMap((field) => {
    const [earlier, later] = [textOf(before[field]), textOf(after[field])];
    return earlier === later ? [] : [{ step, field, before: earlier, after: later }];
  });
}

function partsOf({ workflow, pins }: PlanContent): {
  readonly own: JsonObject;
  readonly steps: ReadonlyMap<string, JsonObject>;
} {
  const { steps, ...own } = workflow as unknown as JsonObject & { readonly steps: readonly JsonObject[] };
  const parts = steps.map((step): [string, JsonObject] => {
    const key = String(step["key"]);
    const hash = pins.get(key)?.notebook?.sourceHash;
    return [key, hash === undefined ? step : { ...step, source_hash: hash }];
  });
  return { own, steps: new Map(parts) };
}

function textOf(value: JsonValue | undefined): string | null {
  return value === undefined ? null : encodeJson(value);
}
