/** The states of runs and attempts, and the moves between them. Plain data and pure functions. */
export { ATTEMPT_MOVES, canMove, movesTo, RUN_MOVES } from "./moves.ts";
export type { Moves } from "./moves.ts";
export { nextRunStatus } from "./next-run-status.ts";
export type { RetryFacts } from "./next-run-status.ts";
export { FINAL_STATUSES, isFinal, RUN_STATUSES } from "./run-status.ts";
export type { AttemptStatus, FinalStatus, RunStatus } from "./run-status.ts";
