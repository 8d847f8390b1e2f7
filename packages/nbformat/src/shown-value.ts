import { encodeJson, isJsonObject } from "@notemill/json";
import type { JsonValue } from "@notemill/json";
import type { NotebookPath } from "./notebook-problem.ts";

/** Writes a path the way a programmer would: `cells[3].outputs[0].name`. */
export function shownPath(path: NotebookPath): string {
  return path
    .map((step, index) => {
      if (typeof step === "number") return `[${step}]`;
      if (step.length > LONGEST || !/^[\w-]+$/.test(step)) return `[${shownValue(step)}]`;
      return index === 0 ? step : `.${step}`;
    })
    .join("");
}

/** Shows a value of a file in a message: a scalar cut short, and of anything larger only what it is. */
export function shownValue(value: JsonValue | undefined): string {
  if (value === undefined) return "nothing";
  if (Array.isArray(value)) return value.length === 0 ? "an empty list" : "a list";
  if (isJsonObject(value)) return "an object";
  if (typeof value === "string" && value.length > LONGEST) return `${encodeJson(value.slice(0, LONGEST))}...`;
  const text = encodeJson(value);
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}...` : text;
}

const LONGEST = 60;
