import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import { isCodedError } from "@notemill/errors";
import type { Notebook } from "@notemill/nbformat";
import { formatPath, type ParameterMap } from "@notemill/parameters";
import { type Location, openLocation } from "@notemill/storage";
import { systemClock } from "../clock.ts";
import { ExecutorError } from "../executor-error.ts";
import { readSource } from "../read-source.ts";
import { runNotebook } from "../run-notebook.ts";
import type { RunOutcome } from "../run-options.ts";
import { findEarlierResult } from "./earlier-result.ts";
import type { SweepChild, SweepOptions, SweepOutcome } from "./sweep-options.ts";

/**
 * Runs one notebook with many sets of parameters, several at a time.
 *
 * The source is read once. A run that fails does not stop the others unless
 * asked to; a cancelled sweep leaves the runs under way `cancelled` and the rest
 * `not_started`, to be continued with `keepSucceeded`. An error that is nobody's
 * intent, as one that `onEvent` throws, cancels the runs under way, and is thrown
 * once they have ended.
 *
 * @throws {@link ExecutorError} `SWEEP_PATHS_CLASH` when two runs would write the same file,
 * and what reading the source and filling in the output path throw. Nothing has run then.
 */
export async function runSweep(options: SweepOptions): Promise<SweepOutcome> {
  const { parameterSets, concurrency = 1, failFast = false, onEvent = () => undefined } = options;
  const open = options.openLocation ?? ((path: string) => openLocation(path));
  const newUuid = options.newUuid ?? (() => crypto.randomUUID());
  const source =
    options.source ??
    (await readSource(open(options.inputPath), {
      newCellId: () => newUuid().slice(0, 8),
      signal: options.signal,
    }));
  const now = new Date((options.clock ?? systemClock).now());
  const outputPaths = parameterSets.map((parameters, index) =>
    childPath(options.outputPath, index, parameters, now),
  );
  refuseClashes(outputPaths);
  await makeDirectories(outputPaths.map((path) => open(path)));

  const stop = new AbortController();
  const cancel = (): void => stop.abort(options.signal?.reason);
  if (options.signal?.aborted === true) cancel();
  else options.signal?.addEventListener("abort", cancel, { once: true });

  async function runChild(index: number): Promise<FinishedChild> {
    const parameters = parameterSets[index] ?? new Map();
    const outputPath = outputPaths[index] ?? "";
    const child = { index, parameters, outputPath };
    if (options.keepSucceeded === true) {
      const outcome = await findEarlierResult(open(outputPath), source.sha256, parameters);
      if (outcome) return finishedChild({ ...child, state: "kept" }, outcome);
    }
    onEvent({ type: "child-started", index, outputPath });
    try {
      const outcome = await runNotebook({
        ...options,
        source,
        parameters,
        // The path is filled in already; what looks like a field in it is meant.
        outputPath: outputPath.replaceAll("{", "{{").replaceAll("}", "}}"),
        signal: stop.signal,
        onEvent: (event) => onEvent({ type: "child-event", index, event }),
      });
      return finishedChild({ ...child, state: outcome.status }, outcome);
    } catch (error) {
      if (!isCodedError(error)) throw error;
      return { child: { ...child, state: "failed", error: { code: error.code, message: error.message } } };
    }
  }

  const children: SweepChild[] = [];
  let next = 0;
  async function work(): Promise<void> {
    try {
      await runChildren();
    } catch (error) {
      stop.abort(error);
      throw error;
    }
  }
  async function runChildren(): Promise<void> {
    while (next < parameterSets.length && !stop.signal.aborted) {
      const index = next++;
      const { child, ...finished } = await runChild(index);
      children[index] = child;
      onEvent({ type: "child-finished", index, child, ...finished });
      if (failFast && !isGood(child)) stop.abort("fail-fast");
    }
  }
  const workers = await Promise.allSettled(Array.from({ length: Math.max(1, concurrency) }, work));
  options.signal?.removeEventListener("abort", cancel);
  for (const worker of workers) if (worker.status === "rejected") throw worker.reason;

  const all = parameterSets.map(
    (parameters, index): SweepChild =>
      children[index] ?? { index, parameters, outputPath: outputPaths[index] ?? "", state: "not_started" },
  );
  return { children: all, succeeded: all.every(isGood) };
}

/** One run of a sweep and its notebook, which is passed on and not kept: there may be thousands. */
interface FinishedChild {
  readonly child: SweepChild;
  readonly notebook?: Notebook;
}

function finishedChild(
  child: SweepChild,
  { status, failure, duration, notebook }: Pick<RunOutcome, "status" | "failure" | "duration" | "notebook">,
): FinishedChild {
  const outcome = { status, duration, ...(failure === undefined ? {} : { failure }) };
  return { child: { ...child, outcome }, notebook };
}

/** A sweep has a directory of its own, which nobody wants to make by hand. */
async function makeDirectories(locations: readonly Location[]): Promise<void> {
  const directories = new Set(
    locations.flatMap(({ localPath }) => (localPath === undefined ? [] : [dirname(localPath)])),
  );
  for (const directory of directories) await mkdir(directory, { recursive: true });
}

function isGood({ state }: SweepChild): boolean {
  return state === "succeeded" || state === "kept";
}

/** Fills the output template; beside the parameters it may use `{index}`, from 1. */
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
