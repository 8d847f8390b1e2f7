import { fstatSync } from "node:fs";
import { UsageError } from "../command-line/usage-error.ts";

/** Paths of a run as the command line gives them. */
export interface RunPaths {
  readonly input: string;
  readonly output: string;
}

/**
 * Works out which path is which, by papermill's rules for pipes: with none, the
 * notebook comes from standard input and goes to standard output.
 *
 * One path alone is the input, whose result goes to standard output when that is
 * not a terminal. Papermill takes it for the *output* when standard input is a
 * pipe, as it is under many supervisors; here that needs an explicit `-`.
 */
export function choosePaths(given: readonly string[], stdoutIsPipe: boolean, compat: boolean): RunPaths {
  const [first, second] = given;
  if (first !== undefined && second !== undefined) return { input: first, output: second };
  if (first === undefined) {
    if (isPipe(0) && stdoutIsPipe) return { input: "-", output: "-" };
    throw new UsageError("missing argument NOTEBOOK_PATH");
  }
  if (compat && isPipe(0)) return { input: "-", output: first };
  if (stdoutIsPipe) return { input: first, output: "-" };
  throw new UsageError("missing argument OUTPUT_PATH");
}

function isPipe(descriptor: number): boolean {
  try {
    return fstatSync(descriptor).isFIFO();
  } catch {
    return false;
  }
}
