import type { RunStatus } from "@notemill/schedules";
import type { Row } from "../driver/driver.ts";

/** What a sweep is beside the run that is its parent. */
export interface StoredSweep {
  /** The parent. */
  readonly runId: string;
  readonly concurrency: number;
  readonly stopOnFailure: boolean;
  /** `RunSettings` of the children, as JSON. */
  readonly childSettings: string;
  readonly total: number;
  /** Children that are under way. */
  readonly openCount: number;
  /** Children that are over. */
  readonly doneCount: number;
  /** Those of them that ended otherwise than well. */
  readonly failedCount: number;
  readonly timedOutCount: number;
  readonly lostCount: number;
  readonly cancelledCount: number;
  /** When a child that did not succeed stopped the rest. */
  readonly stoppedAt: Date | null;
  /** When the last child was over. */
  readonly childrenOverAt: Date | null;
  readonly isOver: boolean;
}

/** One set of parameters of a sweep, and the run that it has. */
export interface StoredChild {
  /** Place in the sweep, from 0. */
  readonly index: number;
  /** JSON. */
  readonly parameters: string;
  /** Null where it was not started. */
  readonly runId: string | null;
  /** Null where it was not started. */
  readonly status: RunStatus | null;
  /** Number of the newest attempt. */
  readonly attempt: number | null;
  /** Whether an earlier sweep made it. */
  readonly isKept: boolean;
  /** What its notebook recorded, as JSON; null before somebody has looked. */
  readonly metrics: string | null;
  /** How long it took by its notebook. */
  readonly seconds: number | null;
  /** Why it did not succeed, as JSON. */
  readonly failure: string | null;
}

/** The columns of a {@link StoredSweep}. */
export const SWEEP_COLUMNS = `sweep.run_id as "runId", sweep.concurrency, sweep.stop_on_failure as "stopOnFailure",
  sweep.child_settings as "childSettings", sweep.total, sweep.open_count as "openCount", sweep.done_count as "doneCount",
  sweep.failed_count as "failedCount", sweep.timed_out_count as "timedOutCount", sweep.lost_count as "lostCount",
  sweep.cancelled_count as "cancelledCount",
  sweep.stopped_at as "stoppedAt", sweep.children_over_at as "childrenOverAt", sweep.is_over as "isOver"`;

/** Reads rows of {@link SWEEP_COLUMNS}: the columns are named as the fields are. */
export function toSweeps(rows: readonly Row[]): readonly StoredSweep[] {
  return rows as unknown as readonly StoredSweep[];
}
