import { escapeCodePoint } from "../values/python-text.ts";

const NAMED: Readonly<Record<string, string>> = { "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/**
 * Leaves printable ASCII as it is and escapes the rest: `\\`, `\t`, `\n`, `\r`,
 * else by `escape`, which gets one code point.
 *
 * The default `escape` gives what Python's `unicode_escape` codec gives.
 */
export function escapeUnicode(text: string, escape: (char: string) => string = escapeCodePoint): string {
  return text.replaceAll(/[^ -[\]-~]/gu, (char) => NAMED[char] ?? escape(char));
}
