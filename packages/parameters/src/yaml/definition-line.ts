import { isJsonObject, type JsonObject, type JsonValue } from "@notemill/json";
import { parseParameterYaml } from "../parse-parameter-yaml.ts";
import { ParametersError } from "../parameters-error.ts";
import { yamlLineOf } from "./yaml-line-of.ts";

/** A place in the definition of a workflow, as servers tell it. */
export interface DefinitionPlace {
  /** Key of a step, or its number from 0 where it has no usable key; null for the workflow itself. */
  readonly step: string | number | null;
  /** As `foreach.list.0`; empty for a step, or the workflow, as a whole. */
  readonly field: string;
}

/**
 * The line, from 1, of a place in a workflow's definition, or of the innermost place on the way
 * there that the text has. Null for text that cannot be read.
 */
export function definitionLine(text: string, { step, field }: DefinitionPlace): number | null {
  const fields = field === "" ? [] : field.split(".").map((it) => (/^\d+$/.test(it) ? Number(it) : it));
  if (step === null) return yamlLineOf(text, fields);
  const hasKey = (it: JsonValue): it is JsonObject => isJsonObject(it) && it["key"] === step;
  // Of two with the same key the second is the one too many.
  const index = typeof step === "number" ? step : stepsOf(text).findLastIndex(hasKey);
  return yamlLineOf(text, index < 0 ? ["steps"] : ["steps", index, ...fields]);
}

function stepsOf(text: string): readonly JsonValue[] {
  try {
    const steps = parseParameterYaml(text).get("steps");
    return Array.isArray(steps) ? (steps as readonly JsonValue[]) : [];
  } catch (error) {
    if (error instanceof ParametersError) return [];
    throw error;
  }
}
