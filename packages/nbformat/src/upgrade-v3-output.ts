import { JsonError, RawJson, scanJson } from "@notemill/json";
import type { JsonObject, JsonValue } from "@notemill/json";
import { joinedWith } from "./multiline-text.ts";
import type { JoinLines } from "./multiline-text.ts";
import { objectOf } from "./output-from-json.ts";

/** Turns an output of nbformat 3 into one of nbformat 4. */
export function upgradeV3Output(output: JsonObject, joinLines: JoinLines): JsonObject {
  const { output_type = null, ...fields } = Object.fromEntries(
    Object.entries(output).map(([key, value]) => [
      key,
      MULTILINE.has(key) ? (joinedWith(joinLines, value) ?? value) : value,
    ]),
  );
  switch (output_type) {
    case "pyout": {
      const { prompt_number, ...rest } = fields;
      return { ...display(rest), output_type: "execute_result", execution_count: prompt_number ?? null };
    }
    case "display_data":
      return { ...display(fields), output_type };
    case "pyerr":
      return { ...fields, output_type: "error" };
    case "stream": {
      const { stream, ...rest } = fields;
      return { ...rest, output_type, name: stream ?? "stdout" };
    }
    default:
      return { ...fields, output_type };
  }
}

/** Moves everything but the metadata into a MIME bundle. */
function display({ metadata, ...fields }: JsonObject): JsonObject {
  const data = withMimeTypes(fields);
  const json = data["application/json"];
  return {
    data: typeof json === "string" ? { ...data, "application/json": embeddedJson(json) } : data,
    metadata: withMimeTypes(objectOf(metadata)),
  };
}

/** Takes JSON data, which nbformat 3 held as a string, out of it; what is not JSON stays a string. */
function embeddedJson(text: string): JsonValue {
  const json = text.trim();
  try {
    return scanJson(json) === json.length ? new RawJson(json) : text;
  } catch (error) {
    if (error instanceof JsonError) return text;
    throw error;
  }
}

/** Replaces short names by MIME types; a short name wins over the type it stands for. */
function withMimeTypes(object: JsonObject): JsonObject {
  const named = Object.entries(object).filter(([key]) => !MIME_TYPES.has(key));
  const short = Object.entries(object).flatMap(([key, value]): [string, JsonValue][] => {
    const mimeType = MIME_TYPES.get(key);
    return mimeType === undefined ? [] : [[mimeType, value]];
  });
  return Object.fromEntries([...named, ...short]);
}

const MIME_TYPES: ReadonlyMap<string, string> = new Map([
  ["text", "text/plain"],
  ["html", "text/html"],
  ["svg", "image/svg+xml"],
  ["png", "image/png"],
  ["jpeg", "image/jpeg"],
  ["latex", "text/latex"],
  ["json", "application/json"],
  ["javascript", "application/javascript"],
]);

/** The fields that nbformat 3 splits into lines. */
const MULTILINE: ReadonlySet<string> = new Set(["text", "html", "svg", "latex", "javascript", "json"]);
