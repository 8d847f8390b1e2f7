import { encodeJsonString } from "./encode-json-scalar.ts";

/** How {@link encodeJson} lays the text out. */
export interface EncodeJsonOptions {
  /** Spaces per level, or the text of one level; 0 (the default) writes one line with `,` and `:`. */
  readonly indent?: number | string;
  /** Sort keys by code point, as `sort_keys=True`. Default: keep their order. */
  readonly sortKeys?: boolean;
  /** Levels already open around the value, so that a part can be encoded alone. Default 0. */
  readonly depth?: number;
  /** Escape everything above `U+007F`, as `ensure_ascii=True`. Default false. */
  readonly escapeNonAscii?: boolean;
  /**
   * How a plain `number` that is not finite is written: as Python's literal
   * `NaN`, or as the string `"NaN"`, which strict readers accept. Default `"literal"`.
   */
  readonly nonFinite?: "literal" | "string";
}

/** What the options come down to. */
export interface EncodeStyle {
  readonly isOneLine: boolean;
  readonly sortKeys: boolean;
  readonly escapeNonAscii: boolean;
  readonly quoteNonFinite: boolean;
  readonly colon: string;
  readonly encodeString: (text: string) => string;
  /** The line break and indent in front of what stands at a depth. */
  readonly lineBreak: (depth: number) => string;
}

/** Works out the style that options ask for. */
export function encodeStyle(options: EncodeJsonOptions): EncodeStyle {
  const { indent = 0, escapeNonAscii = false } = options;
  const level = typeof indent === "number" ? " ".repeat(indent) : indent;
  const breaks: string[] = [];
  return {
    isOneLine: level === "",
    sortKeys: options.sortKeys ?? false,
    escapeNonAscii,
    quoteNonFinite: options.nonFinite === "string",
    colon: level === "" ? ":" : ": ",
    encodeString: escapeNonAscii ? encodeAsciiString : encodeJsonString,
    lineBreak: (depth) => (level === "" ? "" : (breaks[depth] ??= `\n${level.repeat(depth)}`)),
  };
}

const NON_ASCII = /[\u0080-\uffff]/g;

function encodeAsciiString(text: string): string {
  return encodeJsonString(text).replace(
    NON_ASCII,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
