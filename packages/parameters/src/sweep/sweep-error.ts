import { ParametersError } from "../parameters-error.ts";

/** The most runs of a sweep, unless another limit is given. */
export const DEFAULT_MAX_RUNS = 10_000;

/** The most characters of the parameters of all runs of a sweep together, unless another limit is given. */
export const DEFAULT_MAX_CHARACTERS = 64 * 2 ** 20;

/** The error for a grid that cannot be read or combined. */
export function invalidSweep(
  problem: string,
  details: Readonly<Record<string, unknown>>,
  cause?: unknown,
): ParametersError {
  return new ParametersError("SWEEP_INVALID", `the sweep is not valid: ${problem}`, { details, cause });
}

/** The error for a grid of more than `maxRuns` runs. */
export function sweepTooLarge(runs: bigint | number, maxRuns: number): ParametersError {
  return new ParametersError(
    "SWEEP_TOO_LARGE",
    `the sweep has ${runs} runs and the limit is ${maxRuns}; take fewer values or raise the limit`,
    { details: { maxRuns, runs: String(runs) } },
  );
}

/** The error for parameters that are too many characters, in all runs together. */
export function sweepTooLong(characters: number, maxCharacters: number): ParametersError {
  return new ParametersError(
    "SWEEP_TOO_LARGE",
    `the parameters of all runs of the sweep have ${Math.round(characters)} characters and the limit is ${maxCharacters}; take fewer values, or keep long ones in a file that the notebook reads`,
    { details: { characters: Math.round(characters), maxCharacters } },
  );
}
