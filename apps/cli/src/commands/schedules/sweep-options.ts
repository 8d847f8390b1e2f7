import type { ScheduledSweep } from "@notemill/api";
import { encodeJson, type JsonValue, RawJson } from "@notemill/json";
import { type Grid, parametersToJson } from "@notemill/parameters";
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

/** The sweep that options name; undefined where they name none. @throws {@link UsageError} */
export async function sweepOf(options: OptionValues): Promise<ScheduledSweep | undefined> {
  if (!options.isGiven("grid") && !options.isGiven("gridFile")) {
    const without = ["zip", "jobs", "failFast"].find((name) => options.isGiven(name));
    if (without !== undefined)
      throw new UsageError("options --zip, --jobs and --fail-fast go with --grid or --grid-file");
    return undefined;
  }
  const jobs = options.number("jobs");
  return {
    grid: new RawJson(encodeJson(gridAsJson(await readGrid(options)))),
    ...(options.flag("zip") === true ? { mode: "zip" } : {}),
    ...(jobs === undefined ? {} : { concurrency: jobs }),
    ...(options.flag("failFast") === true ? { on_failure: "stop" } : {}),
  };
}

function gridAsJson(grid: Grid): JsonValue {
  if (grid.kind === "points") return grid.points.map(parametersToJson);
  return Object.fromEntries(grid.axes.map(({ name, values }) => [name, values]));
}
