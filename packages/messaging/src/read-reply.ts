import { isJsonObject } from "@notemill/json";
import type { JsonObject, JsonValue } from "@notemill/json";
import { asCount, asObject, asText, asTextList, readMimeData } from "./read-value.ts";
import type {
  CommInfoReply,
  CompleteReply,
  ExecuteReply,
  HistoryReply,
  InspectReply,
  IsCompleteReply,
  KernelInfo,
} from "./reply-content.ts";

/** Reads the content of an `execute_reply`; anything but `ok` and `error` counts as `aborted`. */
export function readExecuteReply(content: JsonObject): ExecuteReply {
  const status = content["status"];
  const execution_count = asCount(content["execution_count"]);
  if (status === "ok") {
    return {
      status,
      execution_count,
      user_expressions: asObject(content["user_expressions"]),
      payload: Array.isArray(content["payload"]) ? content["payload"].filter((it) => isJsonObject(it)) : [],
    };
  }
  if (status === "error") {
    return {
      status,
      execution_count,
      ename: asText(content["ename"]),
      evalue: asText(content["evalue"]),
      traceback: asTextList(content["traceback"]),
    };
  }
  return { status: "aborted", execution_count };
}

/** Reads the content of a `kernel_info_reply`. */
export function readKernelInfo(content: JsonObject): KernelInfo {
  return {
    protocol_version: asText(content["protocol_version"]),
    implementation: asText(content["implementation"]),
    implementation_version: asText(content["implementation_version"]),
    banner: asText(content["banner"]),
    language_info: asObject(content["language_info"]),
    supported_features: asTextList(content["supported_features"]),
  };
}

/** Reads the content of a `complete_reply`. */
export function readCompleteReply(content: JsonObject): CompleteReply {
  return {
    matches: asTextList(content["matches"]),
    cursor_start: asCount(content["cursor_start"]) ?? 0,
    cursor_end: asCount(content["cursor_end"]) ?? 0,
    metadata: asObject(content["metadata"]),
  };
}

/** Reads the content of an `inspect_reply`. */
export function readInspectReply(content: JsonObject): InspectReply {
  return {
    found: content["found"] === true,
    data: readMimeData(content["data"]),
    metadata: asObject(content["metadata"]),
  };
}

/** Reads the content of an `is_complete_reply`; a status it does not know counts as `unknown`. */
export function readIsCompleteReply(content: JsonObject): IsCompleteReply {
  const status = content["status"];
  return {
    status: status === "complete" || status === "incomplete" || status === "invalid" ? status : "unknown",
    indent: asText(content["indent"]),
  };
}

/** Reads the content of a `history_reply`. Entries without a line of input are left out. */
export function readHistoryReply(content: JsonObject): HistoryReply {
  const entries = Array.isArray(content["history"]) ? (content["history"] as readonly JsonValue[]) : [];
  return { history: entries.flatMap(readHistoryEntry) };
}

function readHistoryEntry(entry: JsonValue): HistoryReply["history"] {
  if (!Array.isArray(entry)) return [];
  const [session, line, code] = entry as readonly JsonValue[];
  // With `output`, the code comes as a pair of input and output.
  const [input, output] = Array.isArray(code) ? (code as readonly JsonValue[]) : [code, null];
  if (typeof input !== "string") return [];
  return [
    {
      session: asCount(session) ?? 0,
      line: asCount(line) ?? 0,
      input,
      output: typeof output === "string" ? output : null,
    },
  ];
}

/** Reads the content of a `comm_info_reply`. */
export function readCommInfoReply(content: JsonObject): CommInfoReply {
  const comms = Object.entries(asObject(content["comms"]));
  return {
    comms: Object.fromEntries(
      comms.map(([id, comm]) => [id, { target_name: asText(asObject(comm)["target_name"]) }]),
    ),
  };
}
