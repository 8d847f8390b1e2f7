import type { Check } from "./check.ts";

/** What the checks of a run say about it. A run without checks has passed them. */
export type ChecksOutcome = "passed" | "warned" | "failed";

/**
 * Judges a run by its checks: `failed` if one of severity `error` did not hold,
 * else `warned` if one of severity `warning` did not, else `passed`.
 */
export function checksOutcome(checks: readonly Check[]): ChecksOutcome {
  const failed = checks.filter(({ ok }) => !ok);
  if (failed.some(({ severity }) => severity === "error")) return "failed";
  return failed.some(({ severity }) => severity === "warning") ? "warned" : "passed";
}
