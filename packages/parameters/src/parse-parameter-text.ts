import type { ParameterValue } from "./parameter-map.ts";
import { floatValue, integerValue } from "./values/number-value.ts";
import { readPythonFloat, readPythonInt } from "./values/python-number.ts";

/**
 * Types the text of `-p NAME VALUE`.
 *
 * `True`, `False` and `None` are what they say; text that Python's `int()` reads
 * is an integer, then what `float()` reads is a float; all else stays text.
 * So `007` is 7, `1_000` is 1000, `nan` is a float, and `true`, `0x10` and the
 * empty text are strings.
 */
export function parseParameterText(text: string): ParameterValue {
  if (text === "True") return true;
  if (text === "False") return false;
  if (text === "None") return null;

  const integer = readPythonInt(text);
  if (integer !== undefined) return integerValue(integer);
  const float = readPythonFloat(text);
  return float === undefined ? text : floatValue(float);
}
