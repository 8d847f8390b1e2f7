import type { ParameterValue } from "../parameter-map.ts";
import { floatValue, integerValue } from "../values/number-value.ts";
import type { ParametersError } from "../parameters-error.ts";
import { DEFAULT_MAX_RUNS, invalidSweep, sweepTooLarge } from "./sweep-error.ts";

const NUMBER = "[+-]?(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][+-]?\\d{1,3})?";
const STEPPED = new RegExp(`^(${NUMBER}):(${NUMBER}):(${NUMBER})$`);
const COUNTED = /^([+-]?\d+)\.\.([+-]?\d+)$/;
const STEPLESS = new RegExp(`^(${NUMBER})\\.\\.(${NUMBER})$`);

/** A decimal number: `digits` x 10^-`places`, exactly. */
interface Decimal {
  readonly digits: bigint;
  readonly places: number;
}

/**
 * Spells out `START:STOP:STEP` or `START..STOP`; `undefined` for any other text.
 *
 * The steps are decimal and exact, so that `0:1:0.1` holds 0.3, and STOP itself
 * where a step meets it. `..` counts integers, down too. The values are integers
 * when every part is written as one.
 *
 * @throws {@link ParametersError} `SWEEP_INVALID` for a step that leads nowhere and for fractions without
 * a step, `SWEEP_TOO_LARGE`.
 */
export function expandRange(text: string, maxRuns = DEFAULT_MAX_RUNS): readonly ParameterValue[] | undefined {
  const counted = COUNTED.exec(text);
  if (counted) {
    const [, start = "", stop = ""] = counted;
    return spell(text, [start, stop, BigInt(stop) < BigInt(start) ? "-1" : "1"], maxRuns);
  }
  const stepless = STEPLESS.exec(text);
  if (stepless) throw stepMissing(text, stepless.slice(1));
  const stepped = STEPPED.exec(text);
  return stepped ? spell(text, stepped.slice(1), maxRuns) : undefined;
}

/** `..` goes by ones, which is seldom what is meant between 0.2 and 0.4. */
function stepMissing(text: string, [start = "", stop = ""]: readonly string[]): ParametersError {
  const decimals = [start, stop].map(readDecimal);
  const places = Math.max(...decimals.map((decimal) => decimal.places));
  const [from = 0n, to = 0n] = decimals.map(
    (decimal) => decimal.digits * 10n ** BigInt(places - decimal.places),
  );
  const step = `${to < from ? "-" : ""}${places <= 6 ? (10 ** -places).toFixed(places) : `1e-${places}`}`;
  return invalidSweep(
    `"${text}" counts by ones only between whole numbers; give a step, as ${start}:${stop}:${step}, or put text in quotes`,
    { text },
  );
}

function spell(text: string, parts: readonly string[], maxRuns: number): readonly ParameterValue[] {
  const decimals = parts.map(readDecimal);
  const places = Math.max(...decimals.map((decimal) => decimal.places));
  const [start = 0n, stop = 0n, step = 0n] = decimals.map(
    (decimal) => decimal.digits * 10n ** BigInt(places - decimal.places),
  );
  if (step === 0n || (stop - start) * step < 0n) {
    throw invalidSweep(`no step of "${text}" leads from the start to the end`, { text });
  }
  const count = (stop - start) / step + 1n;
  if (count > BigInt(maxRuns)) throw sweepTooLarge(count, maxRuns);

  const integers = parts.every((part) => /^[+-]?\d+$/.test(part));
  return Array.from({ length: Number(count) }, (_, index) => {
    const digits = start + step * BigInt(index);
    return integers ? integerValue(digits) : floatValue(Number(`${digits}e-${places}`));
  });
}

function readDecimal(text: string): Decimal {
  const [mantissa = "", exponent = "0"] = text.toLowerCase().split("e");
  const [whole = "", fraction = ""] = mantissa.replace("+", "").split(".");
  const digits = BigInt(`${whole === "-" ? "-0" : whole}${fraction}` || "0");
  const places = fraction.length - Number(exponent);
  return places >= 0 ? { digits, places } : { digits: digits * 10n ** BigInt(-places), places: 0 };
}
