import type { ParameterValue } from "../parameter-map.ts";
import { floatValue, integerValue } from "../values/number-value.ts";

const BOOL = /^(?:(yes|Yes|YES|true|True|TRUE|on|On|ON)|no|No|NO|false|False|FALSE|off|Off|OFF)$/;
const NULL = /^(?:~|null|Null|NULL|)$/;
const INT =
  /^(?:[-+]?0b[01_]+|[-+]?0[0-7_]+|[-+]?(?:0|[1-9][\d_]*)|[-+]?0x[\da-fA-F_]+|[-+]?[1-9][\d_]*(?::[0-5]?\d)+)$/;
const FLOAT =
  /^(?:[-+]?\d[\d_]*\.[\d_]*(?:[eE][-+]\d+)?|\.\d[\d_]*(?:[eE][-+]\d+)?|[-+]?\d[\d_]*(?::[0-5]?\d)+\.[\d_]*|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/;
const MAX_DIGITS = 4300;

/** The types a scalar can be read as. */
export type YamlScalarType = "null" | "bool" | "int" | "float" | "str";

/** The type of a plain scalar without a tag: YAML 1.1 as PyYAML has it, except that a date is text. */
export function plainScalarType(text: string): YamlScalarType {
  if (NULL.test(text)) return "null";
  if (BOOL.test(text)) return "bool";
  if (INT.test(text)) return "int";
  return FLOAT.test(text) ? "float" : "str";
}

/** Reads a scalar as `type`; `undefined` when its text is not of that type. */
export function readYamlScalar(type: YamlScalarType, text: string): ParameterValue | undefined {
  switch (type) {
    case "null":
      return null;
    case "str":
      return text;
    case "bool":
      return readBool(text);
    case "int": {
      const integer = readInt(text.replaceAll("_", ""));
      return integer === undefined ? undefined : integerValue(integer);
    }
    case "float": {
      const float = readFloat(text.replaceAll("_", "").toLowerCase());
      return float === undefined ? undefined : floatValue(float);
    }
  }
}

function readBool(text: string): boolean | undefined {
  const lower = text.toLowerCase();
  if (["yes", "true", "on"].includes(lower)) return true;
  return ["no", "false", "off"].includes(lower) ? false : undefined;
}

function readInt(text: string): bigint | undefined {
  const [, sign = "", digits = ""] = /^([-+]?)(.*)$/s.exec(text) ?? [];
  const size = readMagnitude(digits);
  return size !== undefined && sign === "-" ? -size : size;
}

function readMagnitude(digits: string): bigint | undefined {
  if (digits.length > MAX_DIGITS) return undefined;
  if (/^0b[01]+$/.test(digits) || /^0x[\da-fA-F]+$/.test(digits)) return BigInt(digits);
  if (/^0[0-7]+$/.test(digits)) return BigInt(`0o${digits.slice(1)}`);
  if (/^\d+$/.test(digits)) return digits.startsWith("0") && digits !== "0" ? undefined : BigInt(digits);
  if (!/^\d+(?::\d+)+$/.test(digits)) return undefined;
  return digits.split(":").reduce((sum, part) => sum * 60n + BigInt(part), 0n);
}

function readFloat(text: string): number | undefined {
  const [, sign = "", digits = ""] = /^([-+]?)(.*)$/s.exec(text) ?? [];
  const size = readFloatMagnitude(digits);
  return size !== undefined && sign === "-" ? -size : size;
}

function readFloatMagnitude(digits: string): number | undefined {
  if (digits === ".inf") return Number.POSITIVE_INFINITY;
  if (digits === ".nan") return Number.NaN;
  if (digits.includes(":")) return readSexagesimal(digits);
  return /^(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?$/.test(digits) ? Number(digits) : undefined;
}

/** Adds from the right, in doubles, as PyYAML does: another order rounds differently. */
function readSexagesimal(digits: string): number | undefined {
  if (!/^\d+(?::\d+)+(?:\.\d*)?$/.test(digits)) return undefined;
  let base = 1;
  let sum = 0;
  for (const part of digits.split(":").reverse()) {
    sum += Number(part) * base;
    base *= 60;
  }
  return sum;
}
