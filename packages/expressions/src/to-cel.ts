import { type CelInput, celUint } from "@bufbuild/cel";
import { timestampFromMs } from "@bufbuild/protobuf/wkt";
import { JsonNumber, type JsonValue, parseJson, RawJson } from "@notemill/json";
import type { ExpressionScope } from "./expression-scope.ts";

const MIN_INT = -(2n ** 63n);
const MAX_INT = 2n ** 63n - 1n;
const MAX_UINT = 2n ** 64n - 1n;

/** The bindings of a scope: those of its names that `wanted` has. */
export function scopeToCel(scope: ExpressionScope, wanted: ReadonlySet<string>): Record<string, CelInput> {
  const { run, attempt, trigger, interval, steps, item, index } = scope;
  const all: Readonly<Record<string, () => CelInput | undefined>> = {
    run: () => run && toCel(run),
    attempt: () => attempt && toCel(attempt),
    trigger: () =>
      trigger &&
      new Map<string, CelInput>([
        ["slot", instantToCel(trigger.slot)],
        ["body", toCel(trigger.body ?? null)],
      ]),
    interval: () =>
      interval &&
      new Map<string, CelInput>([
        ["start", instantToCel(interval.start)],
        ["end", instantToCel(interval.end)],
      ]),
    steps: () => steps && toCel(steps),
    item: () => (item === undefined ? undefined : toCel(item)),
    index: () => (index === undefined ? undefined : BigInt(index)),
  };
  const bindings: Record<string, CelInput> = {};
  for (const name of wanted) {
    const value = all[name]?.();
    if (value !== undefined) bindings[name] = value;
  }
  return bindings;
}

function instantToCel(instant: number | null): CelInput {
  return instant === null ? null : timestampFromMs(instant);
}

/**
 * A JSON value for an expression: whole numbers are `int` (or `uint`, past its
 * range), others `double`.
 *
 * @throws RangeError for a whole number that neither of them holds.
 */
function toCel(value: JsonValue): CelInput {
  if (value === null || typeof value === "boolean" || typeof value === "string") return value;
  if (typeof value === "number") return numberToCel(new JsonNumber(String(value)));
  if (value instanceof JsonNumber) return numberToCel(value);
  if (value instanceof RawJson) return toCel(parseJson(value.text));
  if (isList(value)) return value.map(toCel);
  return new Map(Object.entries(value).map(([key, inner]) => [key, toCel(inner)]));
}

function numberToCel(number: JsonNumber): CelInput {
  if (!number.isInteger || number.text === "-0") return number.toNumber();
  const whole = BigInt(number.text);
  if (whole >= MIN_INT && whole <= MAX_INT) return whole;
  if (whole > 0n && whole <= MAX_UINT) return celUint(whole);
  throw new RangeError(`${number.text} has more than 64 bits`);
}

/** `Array.isArray`, for lists that may not be changed. */
function isList(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}
