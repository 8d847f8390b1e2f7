import { canMove, ATTEMPT_MOVES } from "@notemill/schedules";
import type { Driver } from "../driver/driver.ts";
import { appendRunEvents, type NewEvent } from "./append-event.ts";
import { heldAttempt } from "./held-attempt.ts";
import type { Holding } from "./renew-leases.ts";
import { statusEvent } from "./status-event.ts";
import type { Advancing } from "../workflows/held-workflow-run.ts";
import { noteTaskStarted } from "../workflows/note-task.ts";

/** Events of an attempt, as a runner sends them. */
export interface AttemptEvents extends Holding {
  /** How many events of the attempt came before these. */
  readonly first: number;
  readonly events: readonly NewEvent[];
  /** For a run that is a task of a workflow-run. */
  readonly advancing: Advancing;
  readonly now: Date;
}

/** What became of {@link AttemptEvents}; `next` is how many the database has. */
export type Appended =
  | { readonly kind: "appended"; readonly next: number }
  /** Some before these never came; send them from `next` on. */
  | { readonly kind: "gap"; readonly next: number }
  /** The runner does not have the attempt any more. */
  | { readonly kind: "lost" };

/**
 * Stores what a runner reports, each event once, however often it is sent. The
 * first events of an attempt move it, and its run, to `running`.
 */
export async function appendAttemptEvents(driver: Driver, request: AttemptEvents): Promise<Appended> {
  const { attemptId, first, events, now } = request;
  return driver.tx(async (queries): Promise<Appended> => {
    const attempt = await heldAttempt(queries, request);
    if (attempt === null) return { kind: "lost" };
    const known = attempt.eventCount;
    if (first > known) return { kind: "gap", next: known };
    const fresh = events.slice(known - first);
    const next = known + fresh.length;
    if (fresh.length === 0) return { kind: "appended", next };

    const { runId, number } = attempt;
    const begins = canMove(ATTEMPT_MOVES, attempt.status, "running");
    await queries.query(
      `update attempt set event_count = $2, status = 'running', started_at = coalesce(started_at, $3) where id = $1`,
      [attemptId, next, now],
    );
    const [begun] = begins ? await queries.query(BEGIN, [runId, now]) : [];
    const moved = begins ? [statusEvent("running", { attempt: number, now })] : [];
    await appendRunEvents(queries, { runId, attempt: number }, [...moved, ...fresh]);
    const workflowRunId = begun?.["workflowRunId"];
    if (typeof workflowRunId === "string")
      await noteTaskStarted(queries, { runId, workflowRunId }, { ...request.advancing, now });
    return { kind: "appended", next };
  });
}

const BEGIN = `update run set status = 'running', started_at = coalesce(started_at, $2) where id = $1
  returning workflow_run_id as "workflowRunId"`;
