import { createHash } from "node:crypto";
import { basename, dirname, join } from "node:path";

/** Longest name of a file on the systems that Notemill runs on, in bytes. */
const LONGEST_NAME = 255;

/** Where the journal of an output notebook is: a hidden file beside it. */
export function journalPath(outputPath: string): string {
  const name = `.${basename(outputPath)}.journal`;
  const fits = Buffer.byteLength(name) <= LONGEST_NAME;
  const short = `.${createHash("sha256").update(name).digest("hex")}.journal`;
  return join(dirname(outputPath), fits ? name : short);
}
