import type { JsonObject, JsonValue } from "@notemill/json";
import { splitLines } from "./multiline-text.ts";
import type { Cell, MimeBundle, Output } from "./notebook.ts";
import { withoutKeys } from "./without-keys.ts";

/** Gives a cell the form it has in a file: text split into lines, transient metadata left out. */
export function cellToJson(cell: Cell): JsonObject {
  const metadata = withoutKeys(cell.metadata, ["trusted"]);
  const source = splitLines(cell.source);
  if (cell.cell_type === "code") {
    return { ...cell, metadata, source, outputs: cell.outputs.map(outputToJson) };
  }
  if (cell.attachments === undefined) return { ...cell, metadata, source };
  const attachments = Object.entries(cell.attachments).map(([name, bundle]) => [name, bundleToJson(bundle)]);
  return { ...cell, metadata, source, attachments: Object.fromEntries(attachments) as JsonObject };
}

/** Gives an output the form it has in a file. */
export function outputToJson(output: Output): JsonObject {
  switch (output.output_type) {
    case "stream":
      return { ...output, text: splitLines(output.text) };
    case "display_data":
    case "execute_result":
      return { ...output, data: bundleToJson(output.data) };
    case "error":
      return { ...output };
  }
}

function bundleToJson(bundle: MimeBundle): JsonObject {
  const entries = Object.entries(bundle).map(([mimeType, value]): [string, JsonValue] => [
    mimeType,
    typeof value === "string" && isSplit(mimeType) ? splitLines(value) : value,
  ]);
  return Object.fromEntries(entries);
}

/** Tells whether a file holds text of this MIME type as a list of lines. */
function isSplit(mimeType: string): boolean {
  return (
    mimeType.startsWith("text/") || mimeType === "application/javascript" || mimeType === "image/svg+xml"
  );
}
