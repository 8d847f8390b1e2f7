import type { WorkflowRunState } from "@notemill/schedules";
import { type NewEvent, RUN_CHANNEL } from "../runs/append-event.ts";
import type { Queries } from "../driver/driver.ts";

/** The kinds of the events of a workflow-run. */
export const WORKFLOW_EVENT_KINDS = [
  "workflow-run-status-changed",
  "step-status-changed",
  "task-status-changed",
  "workflow-run-cancel-requested",
  "workflow-run-paused",
  "workflow-run-resumed",
  "workflow-run-restarted",
] as const;

/** See {@link WORKFLOW_EVENT_KINDS}. */
export type WorkflowEventKind = (typeof WORKFLOW_EVENT_KINDS)[number];

/** An event of a workflow-run. @param data - Becomes JSON. */
export function workflowEvent(kind: WorkflowEventKind, now: Date, data: object = {}): NewEvent {
  return { kind, at: now, data: JSON.stringify(data) };
}

/** The most tasks of which a change is told each; of more, the change of their step has to do. */
const MAX_TASKS_TOLD = 200;

/** What changed from one state to another. @param before - Null for one that is new. */
export function changeEvents(
  before: WorkflowRunState | null,
  after: WorkflowRunState,
  now: Date,
): readonly NewEvent[] {
  const events: NewEvent[] = [];
  let told = 0;
  if (before?.status !== after.status && !isOver(after)) {
    events.push(workflowEvent("workflow-run-status-changed", now, { status: after.status }));
  }
  for (const [step, { status, reason, tasks }] of Object.entries(after.steps)) {
    const earlier = before?.steps[step];
    if ((earlier?.status ?? "waiting") !== status) {
      const why = reason === null ? {} : { reason };
      events.push(workflowEvent("step-status-changed", now, { step, status, ...why }));
    }
    for (const [task, it] of tasks.entries()) {
      if (it === "waiting" || earlier?.tasks[task] === it || told >= MAX_TASKS_TOLD) continue;
      told += 1;
      events.push(workflowEvent("task-status-changed", now, { step, task, status: it }));
    }
  }
  if (before?.status !== after.status && isOver(after)) {
    events.push(workflowEvent("workflow-run-status-changed", now, { status: after.status }));
  }
  return events;
}

function isOver({ status }: WorkflowRunState): boolean {
  return status !== "queued" && status !== "running";
}

/** Adds events behind those that a workflow-run has, whose row is locked, and wakes who follows it. */
export async function appendWorkflowEvents(
  queries: Queries,
  run: { readonly id: string; readonly sequence: number },
  events: readonly NewEvent[],
): Promise<void> {
  if (events.length === 0) return;
  await queries.query(APPEND, [
    run.id,
    run.sequence,
    events.map(({ at }) => at.toISOString()),
    events.map(({ kind }) => kind),
    events.map(({ data }) => data),
    RUN_CHANNEL,
  ]);
}

const APPEND = `
  with moved as (
    update workflow_run set event_seq = event_seq + cardinality($4::text[]) where id = $1::uuid
    returning event_seq - cardinality($4::text[]) as before
  ), added as (
    insert into workflow_event (workflow_run_id, seq, sequence, at, kind, data)
    select $1::uuid, moved.before + position, $2::int, at, kind, data
    from moved, unnest($3::timestamptz[], $4::text[], $5::text[]) with ordinality as given (at, kind, data, position)
  )
  select pg_notify($6, $1::uuid::text)`;
