/** Where a run can be. The last five are final. */
export type RunStatus = "queued" | "starting" | "running" | FinalStatus;

/** How a run or an attempt can end. */
export type FinalStatus = "succeeded" | "failed" | "cancelled" | "timed_out" | "lost";

/** Where an attempt can be: the same words, but an attempt never goes back. */
export type AttemptStatus = RunStatus;

/** Every way to end. */
export const FINAL_STATUSES: readonly FinalStatus[] = [
  "succeeded",
  "failed",
  "cancelled",
  "timed_out",
  "lost",
];

/** Every status, in the order of a run's life. */
export const RUN_STATUSES: readonly RunStatus[] = ["queued", "starting", "running", ...FINAL_STATUSES];

/** Whether nothing moves on from here. */
export function isFinal(status: RunStatus): status is FinalStatus {
  return FINAL_STATUSES.some((it) => it === status);
}
