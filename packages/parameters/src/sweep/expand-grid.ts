import { encodeJson } from "@notemill/json";

import { type ParameterMap, parametersToJson, type ParameterValue } from "../parameter-map.ts";
import type { Grid, SweepAxis } from "./grid.ts";
import {
  DEFAULT_MAX_CHARACTERS,
  DEFAULT_MAX_RUNS,
  invalidSweep,
  sweepTooLarge,
  sweepTooLong,
} from "./sweep-error.ts";

/** How to turn a grid into runs. */
export interface ExpandGridOptions {
  /** `product` (the default) combines every value with every other; `zip` takes the first of each, then the second. */
  readonly mode?: "product" | "zip";
  /** The most runs. Default 10,000. */
  readonly maxRuns?: number;
  /** The most characters of the parameters of all runs together, as JSON. Default 64 Mi. */
  readonly maxCharacters?: number;
}

/** One run of a sweep. */
export interface SweepPoint {
  /** Place in the sweep, from 0. The same grid gives the same order. */
  readonly index: number;
  readonly parameters: ParameterMap;
  /** The parameters in short, such as `alpha=0.1 model=tree`. */
  readonly label: string;
}

/**
 * Spells out the runs of a sweep.
 *
 * In a product the last axis changes fastest. In a zip every axis has as many
 * values, or a single one that stands for all runs.
 *
 * @throws {@link ParametersError} `SWEEP_INVALID`, `SWEEP_TOO_LARGE`.
 */
export function expandGrid(grid: Grid, options: ExpandGridOptions = {}): readonly SweepPoint[] {
  const { maxRuns = DEFAULT_MAX_RUNS, maxCharacters = DEFAULT_MAX_CHARACTERS, mode = "product" } = options;
  const points = grid.kind === "points" ? grid.points : combine(checkAxes(grid.axes), mode, maxRuns);
  if (points.length === 0) throw invalidSweep("it has no values", {});
  if (points.length > maxRuns) throw sweepTooLarge(points.length, maxRuns);
  // The runs share their values until they are written.
  const characters = charactersOf(grid, points.length);
  if (characters > maxCharacters) throw sweepTooLong(characters, maxCharacters);
  return points.map((parameters, index) => ({ index, label: labelOf(parameters), parameters }));
}

/** How many characters the parameters of so many runs have together, without writing them. */
function charactersOf(grid: Grid, runs: number): number {
  if (grid.kind === "points")
    return sum(grid.points.map((point) => encodeJson(parametersToJson(point)).length));
  // Each value of an axis comes as often as the others.
  return sum(
    grid.axes.map(({ name, values }) => {
      const ofValues = sum(values.map((value) => encodeJson(value).length));
      return runs * (name.length + ofValues / values.length);
    }),
  );
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

function checkAxes(axes: readonly SweepAxis[]): readonly SweepAxis[] {
  const seen = new Set<string>();
  for (const { name, values } of axes) {
    if (seen.has(name)) throw invalidSweep(`the parameter "${name}" has two lists of values`, { name });
    if (values.length === 0) throw invalidSweep(`the parameter "${name}" has no values`, { name });
    seen.add(name);
  }
  return axes;
}

function combine(
  axes: readonly SweepAxis[],
  mode: "product" | "zip",
  maxRuns: number,
): readonly ParameterMap[] {
  if (axes.length === 0) return [];
  if (mode === "zip") return zip(axes);
  const runs = axes.reduce((count, { values }) => count * BigInt(values.length), 1n);
  if (runs > BigInt(maxRuns)) throw sweepTooLarge(runs, maxRuns);
  return axes.reduce<readonly ParameterMap[]>(
    (points, { name, values }) =>
      points.flatMap((point) => values.map((value) => new Map([...point, [name, value]]))),
    [new Map()],
  );
}

function zip(axes: readonly SweepAxis[]): readonly ParameterMap[] {
  const length = Math.max(...axes.map(({ values }) => values.length));
  for (const { name, values } of axes) {
    if (values.length !== length && values.length !== 1) {
      throw invalidSweep(`"${name}" has ${values.length} values where another parameter has ${length}`, {
        name,
      });
    }
  }
  return Array.from({ length }, (_, index) => {
    const entries = axes.map(
      ({ name, values }) => [name, values[values.length === 1 ? 0 : index] ?? null] as const,
    );
    return new Map(entries);
  });
}

function labelOf(parameters: ParameterMap): string {
  return [...parameters].map(([name, value]) => `${name}=${shown(value)}`).join(" ");
}

/** Text goes without quotes where that is clear. */
function shown(value: ParameterValue): string {
  return typeof value === "string" && /^[^\s"'=,]+$/.test(value) ? value : encodeJson(value);
}
