import type { ErrorClass } from "./retries/retry-policy.ts";
import type { FinalStatus } from "./run-status.ts";

/** Codes of failures that the notebook is to blame for. */
const USER_CODES: readonly string[] = [
  "CELL_FAILED",
  "CHECK_FAILED",
  "SWEEP_RUNS_FAILED",
  "SECRET_NOT_AVAILABLE",
  "MEMORY_EXCEEDED",
];

/** Whose fault an ending is; null where it is nobody's: it succeeded, or somebody wanted it to end. */
export function exitClass(outcome: FinalStatus, code: string | undefined): ErrorClass | null {
  switch (outcome) {
    case "succeeded":
    case "cancelled":
      return null;
    case "timed_out":
      return "timeout";
    case "lost":
      return "platform";
    case "failed":
      return code !== undefined && USER_CODES.includes(code) ? "user" : "platform";
  }
}
