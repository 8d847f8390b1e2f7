import { isJsonObject } from "@notemill/json";
import type { JsonObject, JsonValue, PickByPath } from "@notemill/json";
import { isJsonMimeType } from "./json-mime-type.ts";
import type { NotebookPath } from "./notebook-problem.ts";

/** Picks data of JSON types: in outputs, in attachments, and the state of widgets. */
export const isJsonData: PickByPath = (path) => {
  const isWidgets = path.length === 3 && path[0] === "metadata" && path[1] === "widgets";
  const isAttachment = path.length === 5 && path[0] === "cells" && path[2] === "attachments";
  return (isWidgets || isAttachment || isOutputData(path)) && isJsonMimeType(String(path.at(-1)));
};

/**
 * Picks text that a file may hold as a list of lines, millions of them in a
 * stream: sources, and the text of streams as far as it is known to be that.
 */
export const isText: PickByPath = (path, parents) => {
  if (path[0] !== "cells") return false;
  if (path.length === 3) return path[2] === "source";
  const isOutputText = path.length === 5 && path[2] === "outputs" && path[4] === "text";
  return (
    isOutputText && hasField(parents[2], "cell_type", "code") && hasField(parents[4], "output_type", "stream")
  );
};

function hasField(
  parent: JsonObject | readonly JsonValue[] | undefined,
  key: string,
  value: string,
): boolean {
  return isJsonObject(parent) && parent[key] === value;
}

function isOutputData(path: NotebookPath): boolean {
  return path.length === 6 && path[0] === "cells" && path[2] === "outputs" && path[4] === "data";
}
