import {
  advance,
  type WorkflowRunCommand,
  type WorkflowRunEvent,
  type WorkflowRunState,
} from "@notemill/schedules";
import type { Queries } from "../driver/driver.ts";
import { noteWorkflowRunEnded } from "../events/note-workflow-run-ended.ts";
import type { NewEvent } from "../runs/append-event.ts";
import type { Advancing, HeldWorkflowRun } from "./held-workflow-run.ts";
import { nextDue } from "./next-due.ts";
import { noteSteps } from "./note-steps.ts";
import { performer } from "./perform-command.ts";
import { encodeState } from "./state-text.ts";
import { appendWorkflowEvents, changeEvents } from "./workflow-events.ts";
import { type StoredWorkflowRun, toWorkflowRuns, WORKFLOW_RUN_COLUMNS } from "./workflow-row.ts";

/** What happened to a workflow-run. */
export interface Drive extends Advancing {
  readonly now: Date;
  readonly events?: readonly WorkflowRunEvent[];
  /** Where it goes on from, if not from the state that it has: a restart. */
  readonly from?: { readonly state: WorkflowRunState; readonly commands: readonly WorkflowRunCommand[] };
  /** Told before what follows. */
  readonly told?: readonly NewEvent[];
  /** When its time is over, where that changes. */
  readonly deadline?: Date | null;
  /** Does what was put off: starts that were too many at once, or whatever came while it was paused. */
  readonly takesUp?: boolean;
}

/**
 * Carries a workflow-run on, within a transaction that has its row: applies what
 * happened, does what follows from it (starts runs, finds out conditions), and
 * writes state and events.
 */
export async function driveWorkflowRun(
  queries: Queries,
  held: HeldWorkflowRun,
  drive: Drive,
): Promise<StoredWorkflowRun> {
  const { now, told = [], deadline = held.deadline } = drive;
  const { state, hasPutOff } = await settle(queries, held, drive);
  await noteSteps(queries, held, state, now);
  const isOver = state.status !== "queued" && state.status !== "running";
  const dueAt = isOver ? null : await nextDue(queries, held, { deadline, now, hasPutOff });
  const rows = await queries.query(
    `update workflow_run set status = $2, state = $4, deadline = $5, due_at = $6,
       started_at = case when $2 = 'queued' then started_at else coalesce(started_at, $7) end,
       finished_at = case when not $8 then null when sequence = $3 then coalesce(finished_at, $7) else $7 end,
       sequence = $3
     where id = $1 returning ${WORKFLOW_RUN_COLUMNS}`,
    [held.row.id, state.status, state.sequence, encodeState(state), deadline, dueAt, now, isOver],
  );
  const events = [...told, ...changeEvents(held.state, state, now)];
  await appendWorkflowEvents(queries, { id: held.row.id, sequence: state.sequence }, events);
  const driven = toWorkflowRuns(rows)[0] ?? held.row;
  const wasOver = held.state.status !== "queued" && held.state.status !== "running";
  if (isOver && !wasOver) await noteWorkflowRunEnded(queries, driven, drive);
  return driven;
}

/** Goes on until there is nothing that can be done at once. */
async function settle(
  queries: Queries,
  held: HeldWorkflowRun,
  drive: Drive,
): Promise<{ readonly state: WorkflowRunState; readonly hasPutOff: boolean }> {
  let { state } = drive.from ?? held;
  const commands = [...(drive.from?.commands ?? [])];
  const apply = (event: WorkflowRunEvent): void => {
    const next = advance(held.plan.workflow, state, event);
    ({ state } = next);
    commands.push(...next.commands);
  };
  const { perform, putOff, hasPutOff } = performer(queries, held, drive, state.sequence);
  if (drive.takesUp === true) commands.push(...(await putOff(state)));
  for (const event of drive.events ?? []) apply(event);
  // The list grows while it is gone through.
  for (const command of commands) {
    const event = await perform(command, state);
    if (event !== null) apply(event);
  }
  return { state, hasPutOff: hasPutOff() };
}
