import { isJsonObject, type JsonObject, type JsonValue, parseJson } from "@notemill/json";

/** A step of a definition, as far as a person is shown it. */
export interface DefinitionStep {
  readonly key: string;
  readonly type: string;
  readonly dependsOn: readonly string[];
  /** What it runs: a path, a language, or how long it waits. */
  readonly about: string;
  readonly isForeach: boolean;
  readonly condition: string | null;
  /** When it begins, where that is not once all that it waits for has succeeded. */
  readonly rule: string | null;
}

/** Reads the steps of a definition; what is no step is left out. */
export function definitionSteps(definition: string): readonly DefinitionStep[] {
  const value = parseJson(definition);
  const steps = isJsonObject(value) ? value["steps"] : undefined;
  return (Array.isArray(steps) ? (steps as readonly JsonValue[]) : []).flatMap((step) =>
    isJsonObject(step) && typeof step["key"] === "string" ? [stepOf(step, step["key"])] : [],
  );
}

/** The parameters of a definition, with what stands for each where nothing is said, as JSON. */
export function definitionParameters(
  definition: string,
): readonly (readonly [name: string, value: JsonValue])[] {
  const value = parseJson(definition);
  const parameters = isJsonObject(value) ? value["parameters"] : undefined;
  return isJsonObject(parameters) ? Object.entries(parameters) : [];
}

function stepOf(step: JsonObject, key: string): DefinitionStep {
  const { type, depends_on: dependsOn, path, language, condition, until, trigger_rule: rule } = step;
  const about = [path, language, until].find((it) => typeof it === "string");
  return {
    key,
    type: typeof type === "string" ? type : "",
    dependsOn: Array.isArray(dependsOn)
      ? (dependsOn as readonly JsonValue[]).filter((it) => typeof it === "string")
      : [],
    about: typeof about === "string" ? about : "",
    isForeach: step["foreach"] !== undefined,
    condition: typeof condition === "string" ? condition : null,
    rule: ruleText(rule),
  };
}

function ruleText(rule: JsonValue | undefined): string | null {
  if (typeof rule !== "string" || rule === "all_succeeded") return null;
  if (rule === "all_done") return "even if one fails";
  return rule === "one_failed" ? "only if one fails" : rule.replaceAll("_", " ");
}
