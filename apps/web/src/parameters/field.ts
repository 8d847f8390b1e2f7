import { encodeJson, isJsonObject, JsonNumber, type JsonValue, parseJson } from "@notemill/json";
import { type InferredParameter, type ParameterValue, parseParameterText } from "@notemill/parameters";

/** How a parameter is filled in. */
export interface Field {
  readonly name: string;
  readonly kind: "text" | "integer" | "number" | "boolean" | "choice" | "json";
  readonly help: string;
  /** The declared type, or nothing where none is. */
  readonly typeName: string;
  readonly isRequired: boolean;
  /** Whether nothing is a value too, which an empty field stands for; never of `json`, which writes it as `null`. */
  readonly isNullable: boolean;
  /** What is in the field before anybody has touched it. */
  readonly initial: string;
  /** For `choice`: the values as JSON. */
  readonly choices: readonly string[];
  /** Source of a default that is no literal, such as a call: it is kept while the field is empty. */
  readonly computedDefault: string | null;
}

/** What somebody has written into a field. */
export type FieldReading =
  | { readonly kind: "value"; readonly value: ParameterValue }
  /** The notebook's own default counts. */
  | { readonly kind: "default" }
  | { readonly kind: "problem"; readonly message: string };

/** Makes the field of a parameter. */
export function fieldOf(parameter: InferredParameter): Field {
  const { name, help, typeName, typed, required, schema, value } = parameter;
  const kind = kindOf(schema, value);
  const isNullable = kind !== "json" && kind !== "choice" && typesOf(schema).includes("null");
  return {
    name,
    kind,
    help,
    typeName: typed ? typeName : "",
    isRequired: required,
    isNullable,
    initial: value === undefined || (isNullable && value === null) ? "" : textOf(value, kind),
    choices: choicesOf(schema).map((it) => encodeJson(it)),
    computedDefault: value === undefined && !required ? parameter.default : null,
  };
}

/** The field with the value of an earlier run as what is left as it is; as it was where there is none. */
export function givenField(field: Field, value: ParameterValue | undefined): Field {
  if (value === undefined) return field;
  const initial = field.isNullable && value === null ? "" : textOf(value, field.kind);
  return { ...field, initial, isRequired: false, computedDefault: null };
}

/** Reads a field. What is as it was from the start is the default. */
export function readField(field: Field, text: string): FieldReading {
  if (text === field.initial && !field.isRequired) return { kind: "default" };
  if (text === "" && field.computedDefault !== null) return { kind: "default" };
  if (text.trim() === "" && field.isNullable) return { kind: "value", value: null };
  switch (field.kind) {
    case "text":
      return text === "" && field.isRequired ? missing(field) : { kind: "value", value: text };
    case "boolean":
    case "choice":
    case "json":
      return text.trim() === "" ? missing(field) : readJson(text);
    case "integer":
    case "number":
      return text.trim() === "" ? missing(field) : readNumber(field.kind, text.trim());
  }
}

function readNumber(kind: "integer" | "number", text: string): FieldReading {
  const value = parseParameterText(text);
  const isNumber = typeof value === "number" || value instanceof JsonNumber;
  if (!isNumber)
    return problem(kind === "integer" ? "Give a whole number, as 12." : "Give a number, as 0.5.");
  const isInteger = typeof value === "number" ? Number.isSafeInteger(value) : value.isInteger;
  if (kind === "integer")
    return isInteger ? { kind: "value", value } : problem("Give a whole number, as 12.");
  // What the notebook declares as a float stays one.
  return { kind: "value", value: isInteger ? new JsonNumber(`${encodeJson(value)}.0`) : value };
}

function readJson(text: string): FieldReading {
  try {
    return { kind: "value", value: parseJson(text) };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return problem(`This is no JSON: ${why}.`);
  }
}

function missing({ name }: Field): FieldReading {
  return problem(`Give a value for ${name}.`);
}

function problem(message: string): FieldReading {
  return { kind: "problem", message };
}

function kindOf(schema: InferredParameter["schema"], value: JsonValue | undefined): Field["kind"] {
  if (choicesOf(schema).length > 0) return "choice";
  const [type, ...others] = typesOf(schema).filter((it) => it !== "null");
  switch (others.length === 0 ? type : undefined) {
    case "string":
      return "text";
    case "integer":
      return "integer";
    case "number":
      return "number";
    case "boolean":
      return "boolean";
    default:
      return value === undefined && schema["type"] === undefined && !("anyOf" in schema) ? "text" : "json";
  }
}

function choicesOf(schema: InferredParameter["schema"]): readonly JsonValue[] {
  const { enum: choices } = schema;
  if (Array.isArray(choices)) return choices as readonly JsonValue[];
  // A switch has two states.
  const types = typesOf(schema);
  return types.length === 2 && types.includes("boolean") && types.includes("null") ? [null, true, false] : [];
}

/** The types that a schema names; none where it names none. */
function typesOf({ type }: InferredParameter["schema"]): readonly JsonValue[] {
  if (type === undefined) return [];
  return Array.isArray(type) ? (type as readonly JsonValue[]) : [type];
}

/** A value as it stands in a field. */
export function textOf(value: JsonValue, kind: Field["kind"]): string {
  if (kind === "text" && typeof value === "string") return value;
  const isNested = Array.isArray(value) || isJsonObject(value);
  const oneLine = encodeJson(value);
  return isNested && oneLine.length > 40 ? encodeJson(value, { indent: 2 }) : oneLine;
}
