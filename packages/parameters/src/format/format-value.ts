import { toPythonRepr, toPythonStr } from "../values/python-text.ts";
import { dateTimeRepr, dateTimeStr, formatDateTime } from "./format-date-time.ts";
import type { PathValue } from "./field-access.ts";
import { formatFloat } from "./format-float.ts";
import { formatInt } from "./format-int.ts";
import { parseFormatSpec } from "./format-spec.ts";
import { pad } from "./pad.ts";
import type { Fail } from "./parse-template.ts";

/** Applies `!r`, `!s` or `!a`. */
export function convertValue(value: PathValue, conversion: string | undefined, fail: Fail): PathValue {
  switch (conversion) {
    case undefined:
      return value;
    case "s":
      return { kind: "string", value: str(value, fail) };
    case "r":
      return { kind: "string", value: repr(value, fail) };
    case "a":
      return { kind: "string", value: escapeNonAscii(repr(value, fail)) };
    default:
      return fail(`the conversion "!${conversion}" is not one of !r, !s and !a`);
  }
}

/** Formats a value as Python's `format(value, spec)`. */
export function formatValue(value: PathValue, spec: string, fail: Fail): string {
  if (spec === "") return str(value, fail);
  switch (value.kind) {
    case "bool":
      return formatInt(value.value ? 1n : 0n, parseFormatSpec(spec, ">", fail), fail);
    case "int":
      return formatInt(value.value, parseFormatSpec(spec, ">", fail), fail);
    case "float":
      return formatFloat(value.value, parseFormatSpec(spec, ">", fail), fail);
    case "string":
      return formatString(value.value, spec, fail);
    case "datetime":
      return formatDateTime(value, spec, fail);
    default:
      return fail(`a ${value.kind} takes no format, found "${spec}"`);
  }
}

function formatString(text: string, specText: string, fail: Fail): string {
  const spec = parseFormatSpec(specText, "<", fail);
  const numeric =
    spec.sign !== undefined || spec.plainZero || spec.alternate || spec.grouping || spec.align === "=";
  if (!/^s?$/.test(spec.type) || numeric)
    return fail(`the format "${specText}" is for numbers, and the value is text`);
  return pad(Array.from(text).slice(0, spec.precision).join(""), spec);
}

function str(value: PathValue, fail: Fail): string {
  if (value.kind === "datetime") return dateTimeStr(value);
  return value.kind === "built-ins" ? noText(fail) : toPythonStr(value);
}

function repr(value: PathValue, fail: Fail): string {
  if (value.kind === "datetime") return dateTimeRepr(value);
  return value.kind === "built-ins" ? noText(fail) : toPythonRepr(value);
}

function noText(fail: Fail): never {
  return fail(
    "{pm} is a group; use one of {pm[run_uuid]}, {pm[current_datetime_utc]}, {pm[current_datetime_local]}",
  );
}

function escapeNonAscii(text: string): string {
  return text.replaceAll(/[^\0-\x7F]/gu, (char) => {
    const code = char.codePointAt(0) ?? 0;
    const hex = code.toString(16);
    if (code <= 0xff) return `\\x${hex}`;
    return code <= 0xffff ? `\\u${hex.padStart(4, "0")}` : `\\U${hex.padStart(8, "0")}`;
  });
}
