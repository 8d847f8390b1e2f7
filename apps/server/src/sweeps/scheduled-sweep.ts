import { encodeWireJson, parseWireJson, type ScheduledSweep, scheduledSweepSchema } from "@notemill/api";
import { encodeJson, isJsonObject, type JsonValue, parseJson } from "@notemill/json";
import { type ParameterMap, parametersToJson } from "@notemill/parameters";
import { expressionIn } from "@notemill/schedules";
import type { NewRun, NewSweep } from "@notemill/store";
import type { Platform } from "../platform.ts";
import { ServerError } from "../server-error.ts";
import { mergeSets, readPoints } from "./read-sets.ts";
import { DEFAULT_CONCURRENCY, newChild, parentSettings } from "./start-sweep.ts";

/**
 * The sweep of a schedule as the database has it.
 *
 * @throws {@link ServerError} `PARAMETERS_INVALID` for an expression among its values: they are the same in every slot.
 */
export function encodeScheduledSweep(sweep: ScheduledSweep): string {
  const grid = parseJson(sweep.grid.text);
  const values = (Array.isArray(grid) ? grid : [grid])
    .filter(isJsonObject)
    .flatMap(Object.entries<JsonValue>);
  for (const [name, value] of values) {
    if ([value].flat().every((it) => expressionIn(it) === undefined)) continue;
    throw new ServerError(
      "PARAMETERS_INVALID",
      `"${name}" of the grid has an expression, and the values of a grid are the same in every slot; give it as a parameter of the schedule (-p)`,
      { details: { name } },
    );
  }
  return encodeWireJson(sweep);
}

/** The other way round. */
export function decodeScheduledSweep(text: string): ScheduledSweep {
  return scheduledSweepSchema.parse(parseWireJson(text));
}

/**
 * The sets of parameters of a slot, as JSON, in order; without a sweep there is one.
 *
 * @param parameters - What is the same for all, worked out, as JSON.
 * @throws What {@link pointsOfSweep} and {@link setsOfPoints} throw.
 */
export function setsOfSlot(sweep: string | null, parameters: string): readonly string[] {
  return sweep === null ? [parameters] : setsOfPoints(pointsOfSweep(sweep), parameters);
}

/** The sets of values of a sweep without what is the same for all, in order. @throws What `readPoints` throws. */
export function pointsOfSweep(sweep: string): readonly ParameterMap[] {
  return readPoints(decodeScheduledSweep(sweep));
}

/** Such sets with what is the same for all, as JSON. @throws What `mergeSets` throws. */
export function setsOfPoints(points: readonly ParameterMap[], parameters: string): readonly string[] {
  return mergeSets(parameters, points).map((it) => encodeJson(parametersToJson(it)));
}

/**
 * Makes a sweep of the run that a slot would have without it.
 *
 * @param sets - What {@link setsOfSlot} gives for it.
 */
export function sweepOfRun(
  platform: Pick<Platform, "newId">,
  run: NewRun,
  { sweep, sets }: { readonly sweep: string; readonly sets: readonly string[] },
): NewSweep {
  const { concurrency = DEFAULT_CONCURRENCY, on_failure: onFailure = "continue" } =
    decodeScheduledSweep(sweep);
  return {
    run: { ...run, settings: parentSettings(run.settings) },
    concurrency,
    stopOnFailure: onFailure === "stop",
    childSettings: run.settings,
    children: sets.map((parameters) => newChild(platform, parameters)),
  };
}
