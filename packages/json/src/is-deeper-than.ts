import { JsonError } from "./json-error.ts";
import { scanJson } from "./scan-json.ts";

/** Whether text that is known to be JSON is nested deeper than so many levels. */
export function isDeeperThan(text: string, levels: number): boolean {
  if (!hasMoreOpened(text, levels)) return false;
  try {
    scanJson(text, 0, { maxDepth: levels });
    return false;
  } catch (error) {
    return error instanceof JsonError && error.code === "JSON_TOO_DEEP";
  }
}

/** Nearly all text has few levels, which is seen without reading it: no level is without its bracket. */
function hasMoreOpened(text: string, levels: number): boolean {
  let opened = 0;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if ((unit === 0x5b || unit === 0x7b) && (opened += 1) > levels) return true;
  }
  return false;
}
