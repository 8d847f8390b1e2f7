import { encodeWireJson, parseWireJson, type ScheduledSweep, scheduledSweepSchema } from "@notemill/api";
import { encodeJson, RawJson } from "@notemill/json";
import { parametersToJson } from "@notemill/parameters";
import type { NewRun, NewSweep } from "@notemill/store";
import type { Platform } from "../platform.ts";
import { readSets } from "./read-sets.ts";
import { DEFAULT_CONCURRENCY, newChild, parentSettings } from "./start-sweep.ts";

/** The sweep of a schedule as the database has it. */
export function encodeScheduledSweep(sweep: ScheduledSweep): string {
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
 * @throws What `readSets` throws.
 */
export function setsOfSlot(sweep: string | null, parameters: string): readonly string[] {
  if (sweep === null) return [parameters];
  const { grid, mode } = decodeScheduledSweep(sweep);
  const sets = readSets({ grid, mode, parameters: new RawJson(parameters) });
  return sets.map((it) => encodeJson(parametersToJson(it)));
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
