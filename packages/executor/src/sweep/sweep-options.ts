import type { Notebook } from "@notemill/nbformat";
import type { ParameterMap } from "@notemill/parameters";
import type { RunEvent } from "../run-event.ts";
import type { RunNotebookOptions, RunOutcome } from "../run-options.ts";
import type { RunStatus } from "../run-status.ts";

/** Options of {@link runSweep}. Everything that {@link RunNotebookOptions} has holds for every run of the sweep. */
export interface SweepOptions extends Omit<RunNotebookOptions, "parameters" | "onEvent" | "outputPath"> {
  /** Template of the output paths; it must give every run a path of its own. */
  readonly outputPath: string;
  /** The parameters of each run, in order. */
  readonly parameterSets: readonly ParameterMap[];
  /** How many runs are under way at once. Default 1. */
  readonly concurrency?: number;
  /** Start no further run after one that did not succeed, and cancel those under way. Default false. */
  readonly failFast?: boolean;
  /** Keep the results of runs that succeeded before, from the same source with the same parameters. Default false. */
  readonly keepSucceeded?: boolean;
  /** Replace output notebooks that are there already. Default false; with `keepSucceeded` those that are not kept are replaced. */
  readonly overwrite?: boolean;
  readonly onEvent?: (event: SweepEvent) => void;
}

/** What happens in a sweep, in order. */
export type SweepEvent =
  | { readonly type: "child-started"; readonly index: number; readonly outputPath: string }
  | { readonly type: "child-event"; readonly index: number; readonly event: RunEvent }
  | {
      readonly type: "child-finished";
      readonly index: number;
      readonly child: SweepChild;
      /** The output notebook, which nobody keeps; absent where the run could not begin. */
      readonly notebook?: Notebook;
    };

/** One run of a sweep and what became of it. */
export interface SweepChild {
  /** Place in the order of the sets, from 0. */
  readonly index: number;
  readonly parameters: ParameterMap;
  readonly outputPath: string;
  /** `not_started` when the sweep ended first; `kept` when an earlier result was good. */
  readonly state: RunStatus | "not_started" | "kept";
  /** How the run ended; absent when it was not started. */
  readonly outcome?: Pick<RunOutcome, "status" | "failure" | "duration">;
  /** Why the run could not even begin. */
  readonly error?: { readonly code: string; readonly message: string };
}

/** The whole of a sweep. */
export interface SweepOutcome {
  /** One for each parameter set, in order. */
  readonly children: readonly SweepChild[];
  /** Whether every run succeeded, now or before. */
  readonly succeeded: boolean;
}
