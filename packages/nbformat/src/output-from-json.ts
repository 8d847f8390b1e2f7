import { encodeJson, isJsonObject, JsonNumber, RawJson } from "@notemill/json";
import type { JsonObject, JsonValue } from "@notemill/json";
import { mimeBundleFromJson } from "./mime-bundle.ts";
import { joinedText } from "./multiline-text.ts";
import type { Output } from "./notebook.ts";

/**
 * Makes an output of its JSON form in a file, or of a kernel's message content
 * with its `output_type` added.
 *
 * A required field that is missing or has the wrong type gets its empty value.
 * Fields that nbformat does not know are kept as they are. An output of an
 * unknown type becomes `display_data` that shows its JSON.
 */
export function outputFromJson(json: JsonObject): Output {
  switch (json.output_type) {
    case "stream":
      return {
        ...json,
        output_type: "stream",
        name: textOr(json.name, "stdout"),
        text: textOr(json.text, ""),
      };
    case "display_data":
      return {
        ...json,
        output_type: "display_data",
        data: bundleOf(json.data),
        metadata: objectOf(json.metadata),
      };
    case "execute_result":
      return {
        ...json,
        output_type: "execute_result",
        execution_count: countOf(json.execution_count),
        data: bundleOf(json.data),
        metadata: objectOf(json.metadata),
      };
    case "error":
      return {
        ...json,
        output_type: "error",
        ename: textOr(json.ename, ""),
        evalue: textOr(json.evalue, ""),
        traceback: tracebackOf(json.traceback),
      };
    default:
      return {
        output_type: "display_data",
        data: { "application/json": new RawJson(encodeJson(json)) },
        metadata: {},
      };
  }
}

/** An execution count, `null` for anything that is not an integer JavaScript can hold. */
export function countOf(value: JsonValue | undefined): number | null {
  return typeof value === "number" && Number.isSafeInteger(value) ? value : null;
}

/** The object itself, or an empty one for any other value. */
export function objectOf(value: JsonValue | undefined): JsonObject {
  return isJsonObject(value) ? value : {};
}

/** Text, lines joined; of a scalar its JSON, of a list all that can be text, and `otherwise` for the rest. */
export function textOr(value: JsonValue | undefined, otherwise: string): string {
  const text = joinedText(value);
  if (text !== undefined) return text;
  if (Array.isArray(value)) return value.map((line: JsonValue) => textOr(line, "")).join("");
  const isScalar = typeof value === "number" || typeof value === "boolean" || value instanceof JsonNumber;
  return isScalar ? encodeJson(value) : otherwise;
}

function bundleOf(value: JsonValue | undefined): ReturnType<typeof mimeBundleFromJson> {
  return mimeBundleFromJson(objectOf(value));
}

function tracebackOf(value: JsonValue | undefined): readonly string[] {
  if (!Array.isArray(value)) return value === undefined || value === null ? [] : [textOr(value, "")];
  return value.map((frame: JsonValue) => textOr(frame, ""));
}
