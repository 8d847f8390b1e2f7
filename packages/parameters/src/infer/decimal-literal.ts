import type { ParameterValue } from "../parameter-map.ts";
import { floatValue, integerValue } from "../values/number-value.ts";

/** Longer integers are not read. */
const MAX_DIGITS = 4300;

/** Reads `12`, `1.5`, `1e3`, and `0x1F`; digits may have `_` between them. `undefined` for anything else. */
export function readDecimal(text: string, negative = false): ParameterValue | undefined {
  const digits = text.replaceAll("_", "");
  if (digits.length > MAX_DIGITS) return undefined;
  if (/^(?:0|[1-9]\d*|0[xX][\da-fA-F]+|0[bB][01]+|0[oO][0-7]+)$/.test(digits)) {
    return integerValue(negative ? -BigInt(digits) : BigInt(digits));
  }
  if (!/^(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(digits) || /^\d+$/.test(digits)) return undefined;
  return floatValue(negative ? -Number(digits) : Number(digits));
}
