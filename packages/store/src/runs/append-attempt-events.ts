import { canMove, ATTEMPT_MOVES } from "@notemill/schedules";
import type { Driver, Queries } from "../driver/driver.ts";
import { inBatch, type Patience } from "../driver/in-batch.ts";
import { appendEventsOfRuns, type NewEvent } from "./append-event.ts";
import { type HeldAttempt, heldAttempts } from "./held-attempt.ts";
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
  const [appended] = await appendEventsOfAttempts(driver, [request]);
  return appended as Appended;
}

/** Does what {@link appendAttemptEvents} does for several attempts, each named once, in one transaction. */
export async function appendEventsOfAttempts(
  driver: Driver,
  requests: readonly AttemptEvents[],
  patience: Patience = "endless",
): Promise<readonly Appended[]> {
  return inBatch(driver, patience, async (queries) => {
    const held = await heldAttempts(queries, requests);
    const appended = requests.map((request) => planAppend(held.get(request.attemptId), request));
    await storeAppends(queries, appended);
    return appended.map(({ kind, next }) => (kind === "lost" ? { kind } : { kind, next }));
  });
}

/** What is to be done with a request, and what is to be answered. */
export type PlannedAppend =
  | { readonly kind: "lost"; readonly next?: undefined }
  | { readonly kind: "gap"; readonly next: number }
  | EventsToAppend;

/** New events of an attempt that the transaction has locked. */
export interface EventsToAppend {
  readonly kind: "appended";
  /** How many the attempt has then. */
  readonly next: number;
  readonly attempt: HeldAttempt;
  readonly fresh: readonly NewEvent[];
  readonly request: AttemptEvents;
}

/** Finds which of the events are new. Pure. */
export function planAppend(attempt: HeldAttempt | undefined, request: AttemptEvents): PlannedAppend {
  if (attempt === undefined) return { kind: "lost" };
  const { first, events } = request;
  const known = attempt.eventCount;
  if (first > known) return { kind: "gap", next: known };
  const fresh = events.slice(known - first);
  return { kind: "appended", next: known + fresh.length, attempt, fresh, request };
}

/** Stores the new events of attempts that the transaction has locked. */
export async function storeAppends(queries: Queries, planned: readonly PlannedAppend[]): Promise<void> {
  const appends = planned.filter((it) => it.kind === "appended").filter(({ fresh }) => fresh.length > 0);
  if (appends.length === 0) return;
  await queries.query(MOVE_ATTEMPTS, [
    appends.map(({ attempt }) => attempt.id),
    appends.map(({ next }) => next),
    appends.map(({ request }) => request.now.toISOString()),
  ]);
  const begun = appends.filter(begins);
  const rows =
    begun.length === 0
      ? []
      : await queries.query(BEGIN_RUNS, [
          begun.map(({ attempt }) => attempt.runId),
          begun.map(({ request }) => request.now.toISOString()),
        ]);
  await appendEventsOfRuns(
    queries,
    appends.map((it) => ({
      runId: it.attempt.runId,
      attempt: it.attempt.number,
      events: eventsOf(it),
    })),
  );
  const workflowRuns = new Map(rows.map((row) => [row["id"], row["workflowRunId"]]));
  const tasks = begun.flatMap(({ attempt, request }) => {
    const workflowRunId = workflowRuns.get(attempt.runId);
    return typeof workflowRunId === "string" ? [{ attempt, request, workflowRunId }] : [];
  });
  // In one order, so that two who have tasks of the same do not wait for each other.
  for (const { attempt, request, workflowRunId } of tasks.toSorted(byWorkflowRun)) {
    const { advancing, now } = request;
    await noteTaskStarted(queries, { runId: attempt.runId, workflowRunId }, { ...advancing, now });
  }
}

/** Whether the attempt, and its run, run from these events on. */
export function begins({ attempt, fresh }: EventsToAppend): boolean {
  return fresh.length > 0 && canMove(ATTEMPT_MOVES, attempt.status, "running");
}

/** The events as they are stored: the change of status that they make is before them. */
export function eventsOf(it: EventsToAppend): readonly NewEvent[] {
  const { attempt, fresh, request } = it;
  const moved = begins(it) ? [statusEvent("running", { attempt: attempt.number, now: request.now })] : [];
  return [...moved, ...fresh];
}

/** Orders the tasks of workflow-runs by these. */
export function byWorkflowRun(
  one: { readonly workflowRunId: string },
  other: { readonly workflowRunId: string },
): number {
  return one.workflowRunId < other.workflowRunId ? -1 : 1;
}

const MOVE_ATTEMPTS = `
  update attempt set event_count = moved.next, status = 'running', started_at = coalesce(started_at, moved.at)
  from unnest($1::uuid[], $2::int[], $3::timestamptz[]) as moved (id, next, at) where attempt.id = moved.id`;

const BEGIN_RUNS = `
  update run set status = 'running', started_at = coalesce(started_at, begun.at)
  from unnest($1::uuid[], $2::timestamptz[]) as begun (id, at) where run.id = begun.id
  returning run.id, run.workflow_run_id as "workflowRunId"`;
