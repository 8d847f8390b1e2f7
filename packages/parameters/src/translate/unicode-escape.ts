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

/** `\u00e9`, and `\U0001f600` beyond the 16-bit characters. */
export function escapeShortOrLong(char: string): string {
  const code = char.codePointAt(0) ?? 0;
  return code <= 0xffff ? `\\u${hex(code, 4)}` : `\\U${hex(code, 8)}`;
}

/** `\u00e9`, and a pair of surrogates beyond the 16-bit characters. */
export function escapeUtf16(char: string): string {
  return Array.from({ length: char.length }, (_, index) => `\\u${hex(char.charCodeAt(index), 4)}`).join("");
}

function hex(code: number, digits: number): string {
  return code.toString(16).padStart(digits, "0");
}
