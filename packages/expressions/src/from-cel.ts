import { type CelValue, isCelList, isCelMap, isCelType, isCelUint } from "@bufbuild/cel";
import { isMessage } from "@bufbuild/protobuf";
import { isReflectMessage } from "@bufbuild/protobuf/reflect";
import { type Duration, DurationSchema, type Timestamp, TimestampSchema } from "@bufbuild/protobuf/wkt";
import { JsonNumber, type JsonObject, type JsonValue, pythonFloatRepr } from "@notemill/json";

/** The most values that a result may hold, and the most characters of all its texts together, in UTF-16 units. */
const MAX_VALUES = 100_000;
const MAX_CHARACTERS = 4 * 2 ** 20;

/**
 * The value of an expression as JSON.
 *
 * An `int` stays a whole number, a `double` one with a point; an instant becomes
 * text such as `2026-03-29T01:00:00Z`, a duration one such as `3600s`.
 *
 * @throws TypeError for what JSON has no form for, RangeError for too much of it.
 */
export function fromCel(value: CelValue): JsonValue {
  let left = MAX_VALUES;
  let charactersLeft = MAX_CHARACTERS;
  const convert = (value: CelValue): JsonValue => {
    if ((left -= 1) < 0) throw new RangeError(`the result holds more than ${MAX_VALUES} values`);
    if (typeof value === "string" && (charactersLeft -= value.length) < 0)
      throw new RangeError(`the result has more than ${MAX_CHARACTERS} characters`);
    if (value === null || typeof value === "boolean" || typeof value === "string") return value;
    if (typeof value === "bigint") return wholeNumber(value);
    if (typeof value === "number") return fractionalNumber(value);
    if (isCelUint(value)) return wholeNumber(value.value);
    if (isCelList(value)) return [...value].map(convert);
    if (isCelMap(value)) {
      const entries = [...value].map(([key, inner]): [string, JsonValue] => {
        return [isCelUint(key) ? String(key.value) : String(key), convert(inner)];
      });
      return Object.fromEntries(entries) satisfies JsonObject;
    }
    if (!isCelType(value) && !(value instanceof Uint8Array) && isReflectMessage(value)) {
      const { message } = value;
      if (isMessage(message, TimestampSchema)) return timestampText(message);
      if (isMessage(message, DurationSchema)) return durationText(message);
    }
    throw new TypeError("the result is of a type that JSON has no form for");
  };
  return convert(value);
}

function wholeNumber(value: bigint): JsonValue {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : new JsonNumber(String(value));
}

/** A number that reads as a fraction, also where it is whole. */
function fractionalNumber(value: number): JsonValue {
  const text = String(value);
  if (!Number.isFinite(value)) return new JsonNumber(text);
  return /[.e]/.test(text) ? value : new JsonNumber(pythonFloatRepr(value));
}

function timestampText({ seconds, nanos }: Timestamp): string {
  const whole = new Date(Number(seconds) * 1000).toISOString().slice(0, 19);
  return `${whole}${fractionText(nanos)}Z`;
}

function durationText({ seconds, nanos }: Duration): string {
  const sign = seconds < 0n || nanos < 0 ? "-" : "";
  return `${sign}${String(seconds).replace("-", "")}${fractionText(Math.abs(nanos))}s`;
}

function fractionText(nanos: number): string {
  if (nanos === 0) return "";
  const digits = String(nanos).padStart(9, "0");
  return `.${digits.endsWith("000000") ? digits.slice(0, 3) : digits.endsWith("000") ? digits.slice(0, 6) : digits}`;
}
