import type { Run } from "@notemill/api";
import { isJsonObject, parseJson } from "@notemill/json";
import { type Field, textOf } from "./field.ts";

/** So many values of a parameter are offered. */
const MOST = 3;

/**
 * What the last runs of a notebook were given for a field, the newest first, as it stands in the field; what is there
 * already is left out.
 */
export function recentTexts(
  runs: readonly Pick<Run, "parameters">[],
  { name, kind, initial }: Pick<Field, "name" | "kind" | "initial">,
): readonly string[] {
  const found = new Set<string>();
  for (const { parameters } of runs) {
    const values = parseJson(parameters.text);
    const value = isJsonObject(values) && Object.hasOwn(values, name) ? values[name] : undefined;
    if (value === undefined) continue;
    const text = textOf(value, kind);
    if (text !== initial) found.add(text);
    if (found.size === MOST) break;
  }
  return [...found];
}
