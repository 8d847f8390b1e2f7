import type { AttemptStatus, RunStatus } from "./run-status.ts";

/** From each status, the statuses that may come next. */
export type Moves<Status extends string> = Readonly<Record<Status, readonly Status[]>>;

const NONE = { succeeded: [], failed: [], cancelled: [], timed_out: [], lost: [] } as const;

/**
 * The moves of a run. It goes back to `queued` only together with the next
 * attempt, in the transaction that ends the one before.
 */
export const RUN_MOVES: Moves<RunStatus> = {
  queued: ["starting", "cancelled", "timed_out"],
  starting: ["running", "queued", "failed", "cancelled", "timed_out", "lost"],
  running: ["succeeded", "queued", "failed", "cancelled", "timed_out", "lost"],
  ...NONE,
};

/** The moves of an attempt: only forward. */
export const ATTEMPT_MOVES: Moves<AttemptStatus> = {
  queued: ["starting", "cancelled", "timed_out"],
  starting: ["running", "failed", "cancelled", "timed_out", "lost"],
  running: ["succeeded", "failed", "cancelled", "timed_out", "lost"],
  ...NONE,
};

/** Whether a table has this move. Staying where one is counts as no move. */
export function canMove<Status extends string>(moves: Moves<Status>, from: Status, to: Status): boolean {
  return moves[from].includes(to);
}

/** The statuses from which a table leads to `to`; what an update's condition names. */
export function movesTo<Status extends string>(moves: Moves<Status>, to: Status): readonly Status[] {
  return (Object.keys(moves) as Status[]).filter((from) => canMove(moves, from, to));
}
