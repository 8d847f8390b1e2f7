import { isCodedError } from "@notemill/errors";
import type { Notebook } from "@notemill/nbformat";
import type { Location } from "@notemill/storage";
import type { RunSource } from "../read-source.ts";
import { runNotebook } from "../run-notebook.ts";
import type { RunOutcome } from "../run-options.ts";
import { findEarlierResult } from "./earlier-result.ts";
import type { SweepChild, SweepEvent, SweepOptions } from "./sweep-options.ts";

/** What {@link runChild} needs beside the options of the sweep. */
export interface RunChildOptions {
  readonly source: RunSource;
  readonly open: (path: string) => Location;
  /** Cancels the run. */
  readonly signal: AbortSignal;
  readonly onEvent: (event: SweepEvent) => void;
}

/** One run of a sweep and its notebook, which is passed on and not kept: there may be thousands. */
export interface FinishedChild {
  readonly child: SweepChild;
  readonly notebook?: Notebook;
}

/**
 * Makes one run of a sweep, unless an earlier result is to be kept and is good.
 *
 * A run that cannot begin is a failed one, as the others may do well.
 */
export async function runChild(
  { index, parameters, outputPath }: Pick<SweepChild, "index" | "parameters" | "outputPath">,
  options: SweepOptions,
  { source, open, signal, onEvent }: RunChildOptions,
): Promise<FinishedChild> {
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
      signal,
      onEvent: (event) => onEvent({ type: "child-event", index, event }),
    });
    return finishedChild({ ...child, state: outcome.status }, outcome);
  } catch (error) {
    if (!isCodedError(error)) throw error;
    return { child: { ...child, state: "failed", error: { code: error.code, message: error.message } } };
  }
}

/** Whether a run has a result that is good. */
export function isGood({ state }: SweepChild): boolean {
  return state === "succeeded" || state === "kept";
}

function finishedChild(
  child: SweepChild,
  { status, failure, duration, notebook }: Pick<RunOutcome, "status" | "failure" | "duration" | "notebook">,
): FinishedChild {
  const outcome = { status, duration, ...(failure === undefined ? {} : { failure }) };
  return { child: { ...child, outcome }, notebook };
}
