import type { Complete } from "@notemill/api";
import { encodeJson, encodeJsonString, RawJson } from "@notemill/json";
import type { Notebook } from "@notemill/nbformat";
import { readScraps } from "@notemill/scraps";

/** The most bytes of the scraps that go to the server with the end of an attempt. */
const MAX_BYTES = 256 * 1024;

/** The most names that are said to be left out. */
const MAX_LEFT_OUT = 1000;

/** The longest name that is said in full. */
const MAX_NAME = 1000;

/** Data frames are for programs that read the output notebook. */
const TABLES: ReadonlySet<string> = new Set(["arrow", "pandas"]);

/**
 * What an output notebook recorded, for those that go on from it: values by name, in
 * the order in which they were recorded, as many as fit. The others, and data frames,
 * are named as left out; the output notebook has them.
 *
 * @returns Null where nothing was recorded.
 */
export function attemptScraps(notebook: Notebook): NonNullable<Complete["scraps"]> | null {
  const members: string[] = [];
  const leftOut: string[] = [];
  let bytes = 2;
  for (const { name, data, encoder } of readScraps(notebook).scraps.values()) {
    if (data === undefined) continue;
    const member = TABLES.has(encoder) ? null : `${encodeJsonString(name)}:${encodeJson(data)}`;
    const size = member === null ? 0 : Buffer.byteLength(member) + 1;
    if (member === null || bytes + size > MAX_BYTES) leftOut.push(name.slice(0, MAX_NAME));
    else {
      members.push(member);
      bytes += size;
    }
  }
  if (members.length === 0 && leftOut.length === 0) return null;
  return { data: new RawJson(`{${members.join(",")}}`), left_out: leftOut.slice(0, MAX_LEFT_OUT) };
}
