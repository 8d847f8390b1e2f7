import type { RunDetail } from "@notemill/api";
import { formatDuration } from "@notemill/html-export";
import {
  encodeJson,
  isJsonObject,
  JsonNumber,
  type JsonObject,
  type JsonValue,
  parseJson,
} from "@notemill/json";
import { shownNumber } from "../sweeps/sweep-table.ts";

/** Something that is known of two runs, as text; null where one does not have it. */
export interface FactPair {
  readonly name: string;
  readonly before: string | null;
  readonly after: string | null;
  /** How much more or less it is, where both are numbers that differ. */
  readonly change: string | null;
}

/** What stands for values that two sides were not given, by name. */
type Defaults = readonly [before: ReadonlyMap<string, JsonValue>, after: ReadonlyMap<string, JsonValue>];

const NO_DEFAULTS: Defaults = [new Map(), new Map()];

/**
 * The values of two JSON objects by name, in the order in which they come. What one of them has the other takes from its
 * defaults, if it has one.
 */
export function pairValues(
  before: string,
  after: string,
  [ofBefore, ofAfter]: Defaults = NO_DEFAULTS,
): readonly FactPair[] {
  const [left, right] = [objectOf(before), objectOf(after)];
  const names = new Set([...Object.keys(left), ...Object.keys(right)]);
  return [...names].map((name) => {
    const [x, y] = [numberOf(left[name] ?? ofBefore.get(name)), numberOf(right[name] ?? ofAfter.get(name))];
    return {
      name,
      before: textOf(left[name]) ?? defaultText(ofBefore.get(name)),
      after: textOf(right[name]) ?? defaultText(ofAfter.get(name)),
      change: x === null || y === null ? null : changeOf(x, y),
    };
  });
}

/** What two runs took. */
export function pairTimes(before: RunDetail, after: RunDetail): readonly FactPair[] {
  const secondsOf = ({ started_at: start, finished_at: end }: RunDetail): number | null =>
    start === null || end === null ? null : (Date.parse(end) - Date.parse(start)) / 1000;
  const [x, y] = [secondsOf(before), secondsOf(after)];
  return [
    {
      name: "took",
      before: x === null ? null : formatDuration(x),
      after: y === null ? null : formatDuration(y),
      change: x === null || y === null ? null : changeOf(x, y),
    },
  ];
}

/** As `+12 %`; null where there is nothing to say. */
export function changeOf(before: number, after: number): string | null {
  const percent = ((after - before) / Math.abs(before)) * 100;
  if (!Number.isFinite(percent) || Math.abs(percent) < 0.05) return null;
  const rounded = Math.abs(percent) < 10 ? percent.toFixed(1) : shownNumber(Math.round(percent));
  return `${percent > 0 ? "+" : ""}${rounded} %`.replace("-", "−");
}

function objectOf(text: string): JsonObject {
  const value = parseJson(text);
  return isJsonObject(value) ? value : {};
}

function numberOf(value: JsonValue | undefined): number | null {
  const number = value instanceof JsonNumber ? value.toNumber() : value;
  return typeof number === "number" ? number : null;
}

function defaultText(value: JsonValue | undefined): string | null {
  const text = textOf(value);
  return text === null ? null : `${text} (default)`;
}

function textOf(value: JsonValue | undefined): string | null {
  if (value === undefined) return null;
  return typeof value === "string" ? value : encodeJson(value);
}
