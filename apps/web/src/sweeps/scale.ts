import { shownNumber } from "./sweep-table.ts";

/** Marks along an axis, from low to high, that people can read. */
export function ticks(low: number, high: number, most: number): readonly number[] {
  if (!(high > low)) return [low];
  const rough = (high - low) / Math.max(1, most);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 5, 10].find((it) => it * power >= rough) ?? 10) * power;
  const first = Math.ceil(low / step);
  const last = Math.floor(high / step);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) =>
    Number(((first + index) * step).toPrecision(12)),
  );
}

/** Where a value is between two ends, from 0 to 1; the middle where the ends are the same. */
export function share(value: number, low: number, high: number): number {
  return high > low ? (value - low) / (high - low) : 0.5;
}

/** A value of a parameter along an axis: a whole number as it is written, since it may be a year. */
export function axisText(value: number): string {
  return Number.isInteger(value) ? String(value) : shownNumber(value);
}
