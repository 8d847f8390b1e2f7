import { UsageError } from "./usage-error.ts";

/** Bytes in each unit; without the `i` and the `B` they mean the same, as in most tools. */
const UNITS: Readonly<Record<string, number>> = { k: 2 ** 10, m: 2 ** 20, g: 2 ** 30, t: 2 ** 40 };

/** Reads a number of bytes, as `512MiB`, `2G` or `1.5gib`. @throws {@link UsageError} naming the option. */
export function parseSize(text: string, option: string): number {
  const [, number, unit = ""] = /^(\d+(?:\.\d+)?)\s*(?:([kmgt])i?b?|b)?$/i.exec(text.trim()) ?? [];
  if (number === undefined)
    throw new UsageError(`option ${option}: "${text}" is no size; give one as 512MiB or 2GiB`);
  return Math.round(Number(number) * (UNITS[unit.toLowerCase()] ?? 1));
}
