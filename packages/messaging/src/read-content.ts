import { parseJson } from "@notemill/json";
import type { JsonObject, JsonValue } from "@notemill/json";
import type { DisplayDataContent, MessageContent } from "./message-content.ts";
import { asCount, asObject, asText, asTextList, readMimeData } from "./read-value.ts";

/** The content of a message together with its type. */
export type TypedContent = {
  readonly [Type in keyof MessageContent]: { readonly type: Type; readonly content: MessageContent[Type] };
}[keyof MessageContent];

/**
 * Reads the content part of a message of type `messageType`.
 *
 * Kernels are forgiven what they commonly leave out: a missing text is empty, a
 * missing traceback has no lines. Numbers in what may enter a notebook are kept
 * as they were written.
 *
 * @throws {@link JsonError} when `text` is not JSON.
 */
export function readContent(messageType: string, text: string): TypedContent {
  // Nothing in these holds a number that could lose digits, and they are what a kernel sends most.
  if (messageType === "stream" || messageType === "status") return readFast(messageType, text);

  const content = asObject(parseJson(text, { keepRaw: isJsonMimeData, maxDepth: MAX_DEPTH }));
  switch (messageType) {
    case "display_data":
    case "update_display_data":
      return { type: messageType, content: readDisplayData(content) };
    case "execute_result":
      return {
        type: messageType,
        content: { ...readDisplayData(content), execution_count: asCount(content["execution_count"]) },
      };
    case "error":
      return {
        type: messageType,
        content: {
          ename: asText(content["ename"]),
          evalue: asText(content["evalue"]),
          traceback: asTextList(content["traceback"]),
        },
      };
    case "execute_input":
      return {
        type: messageType,
        content: { code: asText(content["code"]), execution_count: asCount(content["execution_count"]) },
      };
    case "clear_output":
      return { type: messageType, content: { wait: content["wait"] === true } };
    case "comm_open":
    case "comm_msg":
    case "comm_close":
      return {
        type: messageType,
        content: {
          comm_id: asText(content["comm_id"]),
          target_name: typeof content["target_name"] === "string" ? content["target_name"] : null,
          data: asObject(content["data"]),
        },
      };
    case "input_request":
      return {
        type: messageType,
        content: { prompt: asText(content["prompt"]), password: content["password"] === true },
      };
    default:
      return { type: "other", content };
  }
}

function readFast(type: "stream" | "status", text: string): TypedContent {
  const content = asObject(JSON.parse(text) as JsonValue);
  if (type === "stream") {
    return { type, content: { name: asText(content["name"]) || "stdout", text: asText(content["text"]) } };
  }
  const state = content["execution_state"];
  const executionState = state === "busy" || state === "idle" || state === "starting" ? state : "other";
  return { type, content: { execution_state: executionState } };
}

function readDisplayData(content: JsonObject): DisplayDataContent {
  const displayId = asObject(content["transient"])["display_id"];
  return {
    data: readMimeData(content["data"]),
    metadata: asObject(content["metadata"]),
    transient: typeof displayId === "string" ? { display_id: displayId } : {},
  };
}

/** Deepest nesting. What comes from here stands a few levels deeper in a notebook, which is read to 500. */
const MAX_DEPTH = 480;

/** JSON below `data` may be large and is not looked into on its way to a notebook. */
function isJsonMimeData(path: readonly (string | number)[]): boolean {
  const mimeType = path[1];
  return path.length === 2 && path[0] === "data" && typeof mimeType === "string" && isJsonMimeType(mimeType);
}

function isJsonMimeType(mimeType: string): boolean {
  return mimeType === "application/json" || mimeType.endsWith("+json");
}
