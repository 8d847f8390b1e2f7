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

/** How many places are asked at a time, each of which may be a request. */
const ASKED_AT_ONCE = 32;

/**
 * Refuses to write where something is already: the results of another sweep, which may be under
 * way, would be lost, or mixed with these. Looks at files and buckets; an http address cannot be asked.
 *
 * @throws {@link ExecutorError} `SWEEP_OUTPUT_EXISTS`, and what asking a bucket throws.
 */
export async function refuseExisting(locations: readonly Location[], signal?: AbortSignal): Promise<void> {
  const there: string[] = [];
  for (let at = 0; at < locations.length; at += ASKED_AT_ONCE) {
    const asked = locations.slice(at, at + ASKED_AT_ONCE);
    const answers = await Promise.all(asked.map((it) => it.exists(signal && { signal })));
    there.push(
      ...asked.filter((_, index) => answers[index] === true).map((it) => it.localPath ?? it.describe()),
    );
  }
  const [path, ...more] = there;
  if (path === undefined) return;
  const others = more.length === 0 ? "" : ` (and ${more.length} more)`;
  throw new ExecutorError(
    "SWEEP_OUTPUT_EXISTS",
    `"${path}"${others} is there already, from another sweep; keep what succeeded with --continue, replace it with --force, or name another --output-path`,
    { details: { path, count: more.length + 1 } },
  );
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
