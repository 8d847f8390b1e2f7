import { type JsonValue, JsonNumber } from "@notemill/json";
import { type Field, givenField } from "../parameters/field.ts";
import { definitionParameters } from "./definition-steps.ts";

/** The fields for the parameters of a workflow, which are known by their values only. */
export function workflowFields(definition: string): readonly Field[] {
  return definitionParameters(definition).map(([name, value]) => {
    const field = {
      name,
      help: "",
      typeName: "",
      isRequired: false,
      isNullable: false,
      initial: "",
      choices: [],
      computedDefault: null,
    };
    return givenField({ ...field, kind: kindOf(value) }, value);
  });
}

function kindOf(value: JsonValue): Field["kind"] {
  if (typeof value === "string") return "text";
  if (typeof value === "boolean") return "boolean";
  if (typeof value === "number") return Number.isInteger(value) ? "integer" : "number";
  return value instanceof JsonNumber ? (value.isInteger ? "integer" : "number") : "json";
}
