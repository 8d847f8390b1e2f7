/** A double of known sign as `digits` x 10^`exponent`, exactly. */
export interface ExactDecimal {
  readonly digits: bigint;
  readonly exponent: number;
}

/** Spells out the finite, not negative double `value`. */
export function exactDecimal(value: number): ExactDecimal {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  const bits = view.getBigUint64(0);
  const biased = Number((bits >> 52n) & 0x7ffn);
  const fraction = bits & 0xfffffffffffffn;
  const mantissa = biased === 0 ? fraction : fraction | 0x10000000000000n;
  const power = Math.max(biased, 1) - 1075;
  // m / 2^k is m * 5^k / 10^k.
  if (power >= 0) return { digits: mantissa << BigInt(power), exponent: 0 };
  return { digits: mantissa * 5n ** BigInt(-power), exponent: power };
}

/** Rounds to `places` digits behind the point, half to even; gives the value times 10^places. */
export function roundToPlaces({ digits, exponent }: ExactDecimal, places: number): bigint {
  const drop = -exponent - places;
  if (drop <= 0) return digits * 10n ** BigInt(-drop);
  const unit = 10n ** BigInt(drop);
  const quotient = digits / unit;
  const twice = (digits % unit) * 2n;
  const up = twice > unit || (twice === unit && quotient % 2n === 1n);
  return up ? quotient + 1n : quotient;
}

/** Rounds to `count` significant digits; the point stands behind the first and is moved by `exponent`. */
export function roundToDigits(value: ExactDecimal, count: number): { digits: string; exponent: number } {
  if (value.digits === 0n) return { digits: "0".repeat(count), exponent: 0 };
  const exponent = String(value.digits).length - 1 + value.exponent;
  const digits = String(roundToPlaces(value, count - 1 - exponent));
  // 9.99 may have become 10.0.
  return digits.length > count
    ? { digits: digits.slice(0, count), exponent: exponent + 1 }
    : { digits, exponent };
}
