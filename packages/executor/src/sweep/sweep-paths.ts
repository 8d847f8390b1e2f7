import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import { formatPath, type ParameterMap } from "@notemill/parameters";
import type { Location } from "@notemill/storage";
import { ExecutorError } from "../executor-error.ts";

/**
 * Fills the output template for each run; beside the parameters it may use `{index}`, from 1.
 *
 * @throws {@link ExecutorError} `SWEEP_PATHS_CLASH` when two runs would write the same file,
 * and what filling in the template throws.
 */
export function sweepPaths(
  template: string,
  parameterSets: readonly ParameterMap[],
  now: Date,
): readonly string[] {
  const paths = parameterSets.map((parameters, index) => childPath(template, index, parameters, now));
  refuseClashes(paths);
  return paths;
}

/** A sweep has a directory of its own, which nobody wants to make by hand. */
export async function makeDirectories(locations: readonly Location[]): Promise<void> {
  const directories = new Set(
    locations.flatMap(({ localPath }) => (localPath === undefined ? [] : [dirname(localPath)])),
  );
  for (const directory of directories) await mkdir(directory, { recursive: true });
}

function childPath(template: string, index: number, parameters: ParameterMap, now: Date): string {
  const fields: ParameterMap = parameters.has("index")
    ? parameters
    : new Map([["index", index + 1], ...parameters]);
  return formatPath(template, fields, { runUuid: `sweep-${index + 1}`, now });
}

function refuseClashes(paths: readonly string[]): void {
  const seen = new Set<string>();
  const clash = paths.find((path) => seen.has(path) || !seen.add(path));
  if (clash === undefined) return;
  throw new ExecutorError(
    "SWEEP_PATHS_CLASH",
    `two runs of the sweep would write "${clash}"; use {index} or every swept parameter in the output path`,
    { details: { path: clash } },
  );
}
