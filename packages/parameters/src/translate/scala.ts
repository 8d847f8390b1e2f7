import type { IntNode } from "../values/value-node.ts";
import type { Dialect } from "./dialect.ts";
import { fitsInt32, fitsInt64, floatRule, mixesBeyondDouble } from "./numbers.ts";
import { escapeUnicode, escapeUtf16 } from "./unicode-escape.ts";
import { variableRule, words } from "./variable-name.ts";

/**
 * Scala 2 and 3, the names that the literals below need, and the members of every object:
 * a kernel makes an object of a cell.
 */
const RESERVED = words(`
  abstract case catch class def do else enum export extends false final finally for forSome given if
  implicit import lazy macro match new null object override package private protected return sealed
  super then this throw trait true try type val var while with yield _
  BigInt Double Map None Seq
  clone equals finalize getClass hashCode notify notifyAll toString wait
`);
/** A constant of the JVM takes 65,535 bytes; a character takes at most 3. */
const CHUNK_LENGTH = 20_000;

/** Scala 2 and 3. */
export const scala: Dialect = {
  comment: (text) => `// ${text}`.trim(),
  nameRule:
    "a Scala identifier of letters, digits and underscores that is neither a keyword nor a member of every object",
  variable: variableRule(/^[\p{L}_][\p{L}\p{Nd}_]*$/u, RESERVED),
  assign: (variable, value, { write }) => `val ${variable} = ${write(value)}`,
  environment: (variable) => `sys.env("${variable}")`,
  literals: {
    null: () => "None",
    bool: String,
    int: writeInt,
    float: floatRule({
      inf: "Double.PositiveInfinity",
      nan: "Double.NaN",
      negativeInf: "Double.NegativeInfinity",
    }),
    string: writeString,
    list: (items, { write }) => {
      const type = mixesBeyondDouble(items) ? "Seq[Any]" : "Seq";
      return `${type}(${items.map((item) => write(item)).join(", ")})`;
    },
    dict: (entries, { write }) =>
      `Map(${entries.map(([key, value]) => `${writeString(key)} -> ${write(value)}`).join(", ")})`,
  },
};

function writeInt({ value }: IntNode): string {
  if (fitsInt32(value)) return String(value);
  return fitsInt64(value) ? `${value}L` : `BigInt("${value}")`;
}

function writeString(text: string): string {
  if (text.length <= CHUNK_LENGTH) return quote(text);
  const chunks = text.match(new RegExp(`[\\s\\S]{1,${CHUNK_LENGTH}}`, "g")) ?? [];
  return `Seq(${chunks.map(quote).join(", ")}).mkString`;
}

/** The escapes are those of Scala 2.12, too, which reads `\u` before it looks for quotes. */
function quote(text: string): string {
  return `"${escapeUnicode(text, escapeUtf16).replaceAll('"', '\\"')}"`;
}
