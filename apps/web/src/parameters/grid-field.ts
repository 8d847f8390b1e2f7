import { encodeJson, JsonNumber, parseJson } from "@notemill/json";
import { ParametersError, type ParameterValue, parseGridAxis } from "@notemill/parameters";
import { sentence } from "../shell/sentence.ts";
import { type Field, readField } from "./field.ts";

/** What somebody has written into a field for the runs of a sweep. */
export type GridReading =
  /** One value is the same for all runs. */
  | { readonly kind: "values"; readonly values: readonly ParameterValue[] }
  | { readonly kind: "default" }
  | { readonly kind: "problem"; readonly message: string };

/** Reads a field that may hold several values: `1, 2, 3`, or the range `1..5` or `0:1:0.1`. */
export function readGridField(field: Field, text: string): GridReading {
  const one = readField(field, text);
  if (one.kind === "default") return one;
  const isOne = one.kind === "value" && (field.kind === "json" || one.value === null);
  if (isOne) return { kind: "values", values: [one.value] };
  try {
    const values = partsOf(field, text).map((value) => typed(field, value));
    const unfit = values.find((it) => it instanceof Unfit);
    if (unfit instanceof Unfit) return { kind: "problem", message: unfit.message };
    return { kind: "values", values: values as readonly ParameterValue[] };
  } catch (error) {
    if (!(error instanceof ParametersError)) throw error;
    const message = error.message.replace(/^the sweep is not valid: /, "");
    return { kind: "problem", message: sentence(message) };
  }
}

/** A value that a field does not take. */
class Unfit {
  readonly message: string;
  constructor(message: string) {
    this.message = message;
  }
}

function partsOf({ name, kind }: Field, text: string): readonly ParameterValue[] {
  if (kind !== "text" && kind !== "choice") return parseGridAxis(`${name}=${text}`).values;
  // Text that looks like a number or a range is text.
  return text.split(",").map((part) => part.trim().replace(/^(["'])(.*)\1$/s, "$2"));
}

function typed(field: Field, value: ParameterValue): ParameterValue | Unfit {
  const text = typeof value === "string" ? value.trim() : encodeJson(value);
  switch (field.kind) {
    case "text":
      return text;
    case "choice": {
      const choice = field.choices.find((it) => it === text || it === encodeJson(text));
      const known = field.choices.map((it) => it.replace(/^"(.*)"$/s, "$1")).join(", ");
      return choice === undefined ? new Unfit(`“${text}” is none of ${known}.`) : parseJson(choice);
    }
    case "boolean": {
      const word = text.toLowerCase();
      return word === "true" || word === "false" ? word === "true" : new Unfit("Give true, false, or both.");
    }
    case "integer":
    case "number": {
      const isNumber = typeof value === "number" || value instanceof JsonNumber;
      if (!isNumber) return new Unfit(`“${text}” is no number. Give numbers, as 1, 2, 5 or 1..5.`);
      const read = readField({ ...field, initial: "", isRequired: true }, text);
      if (read.kind === "value") return read.value;
      return new Unfit(read.kind === "problem" ? read.message : "");
    }
    case "json":
      return value;
  }
}
