import { encodeJson, type JsonObject, RawJson } from "@notemill/json";
import type { Output } from "@notemill/nbformat";

/** Quotes, comma, line break and indent around a line of text. */
const LINE = 12;

/** Levels of the file that are open around the data of an output. */
const DEPTH = 6;

/**
 * Estimates how many bytes an output takes in a file, which can be many times
 * what it has in memory: control characters are escaped, every line stands on a
 * line of its own, and JSON is laid out by its depth.
 */
export function fileLength(output: Output): number {
  switch (output.output_type) {
    case "stream":
      return textLength(output.text);
    case "error":
      return output.traceback.reduce(
        (sum, line) => sum + textLength(line),
        textLength(output.ename) + textLength(output.evalue),
      );
    default:
      return Object.values(output.data).reduce(
        (sum, data) => sum + (data instanceof RawJson ? layoutLength(data.text) : textLength(data)),
        metadataLength(output.metadata),
      );
  }
}

function metadataLength(metadata: JsonObject): number {
  return Object.keys(metadata).length === 0 ? 0 : layoutLength(encodeJson(metadata));
}

function textLength(text: string): number {
  let length = LINE;
  for (let at = 0; at < text.length; at++) length += unitLength(text.charCodeAt(at));
  return length;
}

/** Bytes of one UTF-16 unit in a JSON string, and of the line that it ends. */
function unitLength(unit: number): number {
  if (unit < 0x20) return unit >= 0x08 && unit <= 0x0d ? 2 + LINE : 6 + (unit >= 0x1c ? LINE : 0);
  if (unit < 0x80) return unit === 0x22 || unit === 0x5c ? 2 : 1;
  if (unit < 0x800) return unit === 0x85 ? 2 + LINE : 2;
  return unit === 0x2028 || unit === 0x2029 ? 3 + LINE : 3;
}

/** Bytes of JSON text once every value stands on a line of its own, indented. */
function layoutLength(json: string): number {
  let length = 0;
  let depth = DEPTH;
  let isText = false;
  for (let at = 0; at < json.length; at++) {
    const unit = json.charCodeAt(at);
    length += unit < 0x80 ? 1 : unit < 0x800 ? 2 : 3;
    if (unit === 0x22) isText = !isText;
    else if (isText) {
      // What is escaped is no quote.
      if (unit === 0x5c) at += 1;
    } else if (unit === 0x7b || unit === 0x5b) length += ++depth + 1;
    else if (unit === 0x7d || unit === 0x5d) length += --depth + 1;
    else if (unit === 0x2c || unit === 0x3a) length += depth + 1;
  }
  return length;
}
