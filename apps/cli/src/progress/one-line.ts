import { stripVTControlCharacters } from "node:util";
import { shortened } from "@notemill/executor";

/** Longest message, in UTF-16 units. */
const LONGEST = 2000;

/**
 * A message as one line that a terminal shows as it is.
 *
 * It may quote what a notebook or a kernel has in place of a name: line breaks,
 * escape sequences, megabytes.
 */
export function oneLine(message: string): string {
  return stripVTControlCharacters(shortened(message, LONGEST)).replaceAll(/[\p{Cc}\u2028\u2029]+/gu, " ");
}
