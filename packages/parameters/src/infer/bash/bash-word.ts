import type { ParameterValue } from "../../parameter-map.ts";
import { readDecimal } from "../decimal-literal.ts";

/** A word at the start of a text. */
export interface BashWord {
  readonly length: number;
  /** `undefined` when it is computed. */
  readonly value: ParameterValue | undefined;
}

/** Pieces of a word, the first that matches counts. */
const SINGLE = /^'([^']*)'/;
const ANSI = /^\$'((?:[^'\\]|\\[\s\S])*)'/;
const DOUBLE = /^"((?:[^"\\]|\\[\s\S])*)"/;
const PRESET = /^\$\{\w+:?[-=]([^{}"'`$\\]*)\}/;
const PLAIN = /^(?:[^\s;&|<>()'"`$\\#]|\\[^\n]|(?<=.)#)+/;
const COMPUTED = /^(?:\$\((?:[^()]|\([^()]*\))*\)|`[^`]*`|\$\{[^}\n]*\}|\$\w+|\$[?!#@*$-]|\$)/;

const ESCAPES: Readonly<Record<string, string>> = {
  a: "\x07",
  b: "\b",
  e: "\x1b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
};

/** Reads one word with its quotes; `undefined` where a quote does not end. */
export function readBashWord(text: string): BashWord | undefined {
  let rest = text;
  let value: string | undefined = "";
  let plain = true;
  while (rest !== "" && !/^[\s;&|<>()]/.test(rest)) {
    const piece = readPiece(rest);
    if (!piece || piece.length === 0) return undefined;
    value = value === undefined || piece.text === undefined ? undefined : value + piece.text;
    plain &&= piece.plain;
    rest = rest.slice(piece.length);
  }
  const length = text.length - rest.length;
  return { length, value: value === undefined || !plain ? value : typed(value) };
}

interface Piece {
  readonly length: number;
  readonly text: string | undefined;
  /** Not quoted: it may be a number. */
  readonly plain: boolean;
}

function readPiece(rest: string): Piece | undefined {
  const single = SINGLE.exec(rest);
  if (single) return { length: single[0].length, plain: false, text: single[1] };
  const ansi = ANSI.exec(rest);
  if (ansi) return { length: ansi[0].length, plain: false, text: unescapeAnsi(ansi[1] ?? "") };
  const double = DOUBLE.exec(rest);
  if (double) return { length: double[0].length, plain: false, text: unescapeDouble(double[1] ?? "") };
  const preset = PRESET.exec(rest);
  if (preset) return { length: preset[0].length, plain: true, text: preset[1] };
  const computed = COMPUTED.exec(rest);
  if (computed) return { length: computed[0].length, plain: false, text: undefined };
  const plain = PLAIN.exec(rest);
  // A pattern or a home directory is replaced by bash.
  const text = plain && /[*?[~{]/.test(plain[0]) ? undefined : plain?.[0].replaceAll(/\\([\s\S])/g, "$1");
  return plain ? { length: plain[0].length, plain: !plain[0].includes("\\"), text } : undefined;
}

/** A number only where it is written as most programs would read it: text like `1_0` and `0x10` stays text. */
function typed(text: string): ParameterValue {
  if (text === "true") return true;
  if (text === "false") return false;
  const [, sign = "", digits] = /^(-?)(\d*\.?\d+(?:[eE][-+]?\d{1,2})?)$/.exec(text) ?? [];
  return (digits === undefined ? undefined : readDecimal(digits, sign === "-")) ?? text;
}

function unescapeDouble(body: string): string | undefined {
  if (/(?<!\\)(?:\\\\)*[$`]/.test(body)) return undefined;
  return body.replaceAll(/\\(["$`\\]|\n)/g, (_whole, char: string) => (char === "\n" ? "" : char));
}

function unescapeAnsi(body: string): string | undefined {
  let sound = true;
  const text = body.replaceAll(
    /\\([0-7]{1,3}|x[\da-fA-F]{1,2}|u[\da-fA-F]{1,4}|[\s\S])/g,
    (_whole, code: string) => {
      const number = /^[0-7]/.test(code) ? Number.parseInt(code, 8) : Number.parseInt(code.slice(1), 16);
      if (code.startsWith("u") && code.length > 1) return String.fromCodePoint(number);
      if (/^(?:[0-7]|x.)/.test(code)) {
        // A byte beyond ASCII is part of a character that is not known here.
        if (number > 0x7f) sound = false;
        return String.fromCharCode(number);
      }
      if (/^[cU]/.test(code)) sound = false;
      return ESCAPES[code] ?? code;
    },
  );
  return sound ? text : undefined;
}
