import { createHash } from "node:crypto";
import { basename, dirname, join } from "node:path";

/** Longest name of a file on the systems that Notemill runs on, in bytes. */
const LONGEST_NAME = 255;

/** Where the two files of the journal of an output notebook are: hidden, beside it. */
export function journalPaths(outputPath: string): readonly [string, string] {
  return [journalPath(outputPath, "journal"), journalPath(outputPath, "journal2")];
}

function journalPath(outputPath: string, extension: string): string {
  const name = `.${basename(outputPath)}.${extension}`;
  const fits = Buffer.byteLength(name) <= LONGEST_NAME;
  const short = `.${createHash("sha256").update(basename(outputPath)).digest("hex")}.${extension}`;
  return join(dirname(outputPath), fits ? name : short);
}
