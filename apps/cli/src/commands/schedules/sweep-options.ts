import type { ScheduledSweep } from "@notemill/api";
import { encodeJson, type JsonValue, RawJson } from "@notemill/json";
import { type Grid, ParametersError, parametersToJson } from "@notemill/parameters";
import type { OptionDefinition, OptionValues } from "../../command-line/command.ts";
import { UsageError } from "../../command-line/usage-error.ts";
import { GRID_OPTIONS, readGrid } from "../read-parameter-sets.ts";
import { FAIL_FAST_OPTION, JOBS_OPTION } from "../runs/sweep.ts";

/** The options that make a sweep of each slot. */
export const SWEEP_OPTIONS: readonly OptionDefinition[] = [
  ...GRID_OPTIONS.map((option) =>
    option.name === "grid"
      ? { ...option, help: `Each slot is a sweep over these values, in place of one run. ${option.help}` }
      : option,
  ),
  JOBS_OPTION,
  FAIL_FAST_OPTION,
];

/** The same where there may be a sweep already, whose switches can be turned back. */
export const CHANGED_SWEEP_OPTIONS: readonly OptionDefinition[] = SWEEP_OPTIONS.map((option) =>
  option.values === undefined
    ? { ...option, negatedFlags: option.flags.map((flag) => flag.replace("--", "--no-")) }
    : option,
);

/** The names of these options. */
const NAMES = SWEEP_OPTIONS.map(({ name }) => name);

/**
 * The sweep that options name; undefined where they name none.
 *
 * @throws {@link UsageError}, and `PARAMETERS_INVALID` for an expression in a grid.
 */
export async function sweepOf(options: OptionValues): Promise<ScheduledSweep | undefined> {
  return sweepAfter(null, options);
}

/**
 * A sweep with what options name in place of what it had; undefined where they name nothing.
 *
 * @param before - Null for none, where options have to give the values.
 * @throws As {@link sweepOf}.
 */
export async function sweepAfter(
  before: ScheduledSweep | null,
  options: OptionValues,
): Promise<ScheduledSweep | undefined> {
  if (!namesSweep(options)) return undefined;
  const grid = await gridOf(options);
  if (grid === undefined && before === null)
    throw new UsageError("options --zip, --jobs and --fail-fast go with --grid or --grid-file");
  const [zip, jobs, failFast] = [options.flag("zip"), options.number("jobs"), options.flag("failFast")];
  return {
    ...before,
    grid: grid ?? (before as ScheduledSweep).grid,
    ...(zip === undefined ? {} : { mode: zip ? "zip" : "product" }),
    ...(jobs === undefined ? {} : { concurrency: jobs }),
    ...(failFast === undefined ? {} : { on_failure: failFast ? "stop" : "continue" }),
  };
}

/** Whether options name anything of a sweep. */
export function namesSweep(options: OptionValues): boolean {
  return NAMES.some((name) => options.isGiven(name));
}

async function gridOf(options: OptionValues): Promise<RawJson | undefined> {
  if (!options.isGiven("grid") && !options.isGiven("gridFile")) return undefined;
  const expression = options.texts("grid").find((text) => text.includes("${"));
  if (expression !== undefined) {
    throw new ParametersError(
      "PARAMETERS_INVALID",
      `"${expression}" has an expression, and the values of a grid are the same in every slot; give it with -p in place of --grid`,
    );
  }
  return new RawJson(encodeJson(gridAsJson(await readGrid(options))));
}

function gridAsJson(grid: Grid): JsonValue {
  if (grid.kind === "points") return grid.points.map(parametersToJson);
  return Object.fromEntries(grid.axes.map(({ name, values }) => [name, values]));
}
