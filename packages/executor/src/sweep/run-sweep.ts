import { openLocation } from "@notemill/storage";
import { warnOfParameters } from "../apply-parameters.ts";
import { systemClock } from "../clock.ts";
import { chooseKernel } from "../kernel-choice.ts";
import { readSource } from "../read-source.ts";
import { isGood, runChild, type RunChildOptions } from "./run-child.ts";
import { makeDirectories, refuseExisting, sweepPaths } from "./sweep-paths.ts";
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
 * `SWEEP_OUTPUT_EXISTS` when an output notebook is there already and neither `keepSucceeded` nor
 * `overwrite` says what becomes of it, `PARAMETERS_UNKNOWN` where `strictParameters` is asked for, and what reading the source and filling in the output path throw. Nothing has run then.
 */
export async function runSweep(options: SweepOptions): Promise<SweepOutcome> {
  const { parameterSets, onEvent = () => undefined } = options;
  const open = options.openLocation ?? ((path: string) => openLocation(path));
  const newUuid = options.newUuid ?? (() => crypto.randomUUID());
  const source =
    options.source ??
    (await readSource(open(options.inputPath), {
      newCellId: () => newUuid().slice(0, 8),
      signal: options.signal,
    }));
  if (options.strictParameters === true) {
    const given = parameterSets.filter(({ size }) => size > 0);
    for (const parameters of given)
      warnOfParameters(source.notebook, parameters, {
        choice: chooseKernel(source.notebook, options),
        strict: true,
      });
  }
  const now = new Date((options.clock ?? systemClock).now());
  const outputPaths = sweepPaths(options.outputPath, parameterSets, now);
  const outputs = outputPaths.map((path) => open(path));
  if (options.keepSucceeded !== true && options.overwrite !== true)
    await refuseExisting(outputs, options.signal);
  await makeDirectories(outputs);

  const planned = parameterSets.map((parameters, index): SweepChild => ({
    index,
    parameters,
    outputPath: outputPaths[index] ?? "",
    state: "not_started",
  }));
  const stop = new AbortController();
  const cancel = (): void => stop.abort(options.signal?.reason);
  if (options.signal?.aborted === true) cancel();
  else options.signal?.addEventListener("abort", cancel, { once: true });
  try {
    const children = await runChildren(planned, options, stop, {
      source,
      open,
      signal: stop.signal,
      onEvent,
    });
    return { children, succeeded: children.every(isGood) };
  } finally {
    options.signal?.removeEventListener("abort", cancel);
  }
}

/**
 * Makes the runs in order, `concurrency` at a time, until `stop` fires.
 *
 * @returns What became of each; those that were not reached are as planned.
 */
async function runChildren(
  planned: readonly SweepChild[],
  options: SweepOptions,
  stop: AbortController,
  childOptions: RunChildOptions,
): Promise<readonly SweepChild[]> {
  const { concurrency = 1, failFast = false } = options;
  const children = [...planned];
  // One iterator for all workers, so that each run is taken once.
  const queue = planned.values();

  async function work(): Promise<void> {
    try {
      while (!stop.signal.aborted) {
        const next = queue.next();
        if (next.done === true) return;
        const { index } = next.value;
        const { child, ...finished } = await runChild(next.value, options, childOptions);
        children[index] = child;
        childOptions.onEvent({ type: "child-finished", index, child, ...finished });
        if (failFast && !isGood(child)) stop.abort("fail-fast");
      }
    } catch (error) {
      stop.abort(error);
      throw error;
    }
  }

  // All of them are awaited: a run under way has a notebook to save.
  const workers = await Promise.allSettled(Array.from({ length: Math.max(1, concurrency) }, work));
  for (const worker of workers) if (worker.status === "rejected") throw worker.reason;
  return children;
}
