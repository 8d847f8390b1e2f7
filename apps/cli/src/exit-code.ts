import type { RunOutcome } from "@notemill/executor";

/** Numbers of the signals that can cancel a run. */
const SIGNALS: Readonly<Record<string, number>> = { SIGINT: 2, SIGPIPE: 13, SIGTERM: 15 };

/** Codes that say that a command line is wrong, by the command that they say it of. */
const USAGE_CODES: Readonly<Record<string, readonly string[]>> = {
  sweep: [
    "SWEEP_INVALID",
    "SWEEP_TOO_LARGE",
    "SWEEP_PATHS_CLASH",
    "SWEEP_OUTPUT_EXISTS",
    // In a path of `notemill run` these are 1, as papermill's are.
    "PATH_TEMPLATE_INVALID",
    "PARAMETER_MISSING",
  ],
};

/** Whether an error of this code ends a command with exit code 2: the command line is not what it takes. */
export function isUsageCode(code: string, command: string): boolean {
  return (
    code === "USAGE_INVALID" ||
    (Object.hasOwn(USAGE_CODES, command) && USAGE_CODES[command]?.includes(code) === true)
  );
}

/**
 * The exit code of a run, as papermill's: 0 when it succeeded, 138 when the
 * kernel died, 1 for every other failure, and 128 + the signal's number when a
 * signal cancelled it.
 */
export function exitCodeOf({ status, failure }: RunOutcome, interrupted: AbortSignal): number {
  if (status === "succeeded") return 0;
  if (status === "cancelled") return signalExitCode(interrupted);
  return failure?.code === "KERNEL_DIED" ? 138 : 1;
}

/** 128 + the number of the signal that the abort names; that of SIGINT where it names none. */
export function signalExitCode({ reason }: AbortSignal): number {
  return 128 + ((typeof reason === "string" ? SIGNALS[reason] : undefined) ?? 2);
}
