import { admit, FINAL_STATUSES, type LiveRun } from "@notemill/schedules";
import type { Queries, Row } from "../driver/driver.ts";
import { postSlotSkipped } from "../deliveries/post-notices.ts";
import { type NewSweep, submitSweepIn } from "../sweeps/submit-sweep.ts";
import { type NewRun, submitRunsIn } from "../runs/submit-run.ts";
import type { Advancing } from "../workflows/held-workflow-run.ts";
import {
  beginWorkflowRunIn,
  createWorkflowRunIn,
  type NewWorkflowRun,
} from "../workflows/start-workflow-run.ts";
import type { StoredTrigger } from "./trigger-row.ts";

/** A run for a slot, a sweep, a workflow-run, or why there is none. */
export type SlotRun =
  | { readonly run: NewRun }
  | { readonly sweep: NewSweep }
  | { readonly workflowRun: NewWorkflowRun; readonly advancing: Advancing }
  | { readonly skipped: SkipReason };

/** Why a slot has no run. */
export interface SkipReason {
  readonly code: string;
  readonly message: string;
}

/** A slot whose turn it is. */
export interface DueSlot {
  readonly at: Date;
  /** What an event carries, as JSON; null for an instant. */
  readonly body: string | null;
}

/**
 * Makes the run of a slot. Pure: the transaction waits for it. Null where what it
 * needs is not there; slots whose turn it is then wait for the next look.
 */
export type RunOfSlot = ((trigger: StoredTrigger, slot: DueSlot) => SlotRun) | null;

/** A trigger that the transaction has locked. */
export interface HeldTrigger {
  readonly trigger: StoredTrigger;
  readonly runOf: RunOfSlot;
  /** Slots that are not in the database yet, in order; none that is there. */
  readonly fresh: readonly FreshSlot[];
}

/** A slot that is about to be written. */
export interface FreshSlot {
  readonly id: string;
  readonly at: Date;
}

/** What became of the slots of a trigger that waited. */
export interface Admitted {
  /** Runs, or workflow-runs. */
  readonly started: readonly string[];
  readonly skipped: number;
  /** Runs that have to end, since a newer one came. Cancel them; they are named again until they are over. */
  readonly toCancel: readonly string[];
  /** Workflow-runs likewise. */
  readonly workflowRunsToCancel: readonly string[];
  /** How many slots still wait. */
  readonly waiting: number;
}

/** What is to be done with the slots of one trigger. */
interface Decision {
  readonly held: HeldTrigger;
  readonly starts: readonly { readonly slotId: string; readonly made: StartedSlot }[];
  readonly leftOut: readonly { readonly slotId: string; readonly slot: Date; readonly reason: SkipReason }[];
  readonly toCancel: readonly string[];
  readonly workflowRunsToCancel: readonly string[];
  readonly waiting: number;
}

/** What is started for a slot. */
export type StartedSlot = Exclude<SlotRun, { readonly skipped: SkipReason }>;

/**
 * Starts, skips or keeps waiting every slot that waits or is new, as the policy of its trigger says.
 * Of a trigger with a sweep one slot at most starts; the others wait.
 * It takes as many statements for many triggers as for one, where all start runs.
 *
 * @returns What became of them, in the order of the triggers.
 */
export async function admitSlots(
  queries: Queries,
  triggers: readonly HeldTrigger[],
  now: Date,
): Promise<readonly Admitted[]> {
  const ids = triggers.map(({ trigger }) => trigger.id);
  await queries.query(END_SLOTS, [ids, FINAL_STATUSES]);
  const open = Map.groupBy(await queries.query(OPEN_SLOTS, [ids]), (row) => String(row["trigger_id"]));
  const decisions = triggers.map((held) =>
    decide(held, [...(open.get(held.trigger.id) ?? []), ...held.fresh.map(asRow)]),
  );
  await startSlots(queries, triggers, {
    starts: decisions.flatMap(({ starts }) => starts),
    now,
  });
  for (const { held, leftOut } of decisions) {
    for (const slot of leftOut) await leaveOut(queries, held.trigger, { ...slot, now });
  }
  return decisions.map(({ starts, leftOut, toCancel, workflowRunsToCancel, waiting }) => ({
    started: starts.map(({ made }) => idOf(made)),
    skipped: leftOut.length,
    toCancel,
    workflowRunsToCancel,
    waiting,
  }));
}

// Scalar subqueries: of `exists` the planner makes a list of all runs that have ended.
const END_SLOTS = `
  update trigger_slot set state = 'over' where trigger_id = any($1::uuid[]) and state = 'started' and (
    (select run.status from run where run.id = run_id) = any($2)
    or (select workflow_run.status from workflow_run where workflow_run.id = workflow_run_id) = any($2)
  )`;

const OPEN_SLOTS = `
  select id, trigger_id, slot, body, state, run_id, workflow_run_id from trigger_slot
  where trigger_id = any($1::uuid[]) and state in ('waiting', 'started') order by trigger_id, id`;

/** Applies the policy of a trigger to its open slots. */
function decide(held: HeldTrigger, rows: readonly Row[]): Decision {
  const open = new Map(rows.map((row) => [String(row["id"]), row]));
  const slotOf = (id: string): Date => open.get(id)?.["slot"] as Date;
  const live = [...open].map(([id, row]): LiveRun => ({
    id,
    status: row["state"] === "started" ? "running" : "queued",
  }));
  const { start, cancel, skip, wait } = admit(held.trigger.concurrency, live);
  const starts: Decision["starts"][number][] = [];
  const leftOut: Decision["leftOut"][number][] = skip.map((slotId) => ({
    slotId,
    slot: slotOf(slotId),
    reason: BUSY,
  }));
  const toCancel: string[] = [];
  const workflowRunsToCancel: string[] = [];
  for (const slotId of cancel) {
    const { run_id: runId, workflow_run_id: workflowRunId } = open.get(slotId) ?? {};
    if (typeof runId === "string") toCancel.push(runId);
    else if (typeof workflowRunId === "string") workflowRunsToCancel.push(workflowRunId);
    else leftOut.push({ slotId, slot: slotOf(slotId), reason: OVERTAKEN });
  }
  const { runOf } = held;
  if (runOf === null) {
    const waiting = wait.length + start.length;
    return { held, starts, leftOut, toCancel, workflowRunsToCancel, waiting };
  }
  // A sweep may have thousands of runs: the other slots wait for the next look.
  const now = held.trigger.sweep === null ? start : start.slice(0, 1);
  for (const slotId of now) {
    const body = (open.get(slotId)?.["body"] ?? null) as string | null;
    const made = runOf(held.trigger, { at: slotOf(slotId), body });
    if ("skipped" in made) leftOut.push({ slotId, slot: slotOf(slotId), reason: made.skipped });
    else starts.push({ slotId, made });
  }
  const waiting = wait.length + start.length - now.length;
  return { held, starts, leftOut, toCancel, workflowRunsToCancel, waiting };
}

function asRow({ id, at }: FreshSlot): Row {
  return { id, slot: at, body: null, state: "waiting", run_id: null, workflow_run_id: null };
}

/** Makes the runs of slots, and writes both slots that are new and those that start. */
async function startSlots(
  queries: Queries,
  triggers: readonly HeldTrigger[],
  { starts, now }: { readonly starts: Decision["starts"]; readonly now: Date },
): Promise<void> {
  const runs = starts.flatMap(({ made }) => ("run" in made ? [made.run] : []));
  if (runs.length > 0) await submitRunsIn(queries, runs);
  for (const { made } of starts) if ("sweep" in made) await submitSweepIn(queries, made.sweep);
  const workflowRuns = starts.flatMap(({ made }) => ("workflowRun" in made ? [made] : []));
  for (const { workflowRun, advancing } of workflowRuns)
    await createWorkflowRunIn(queries, workflowRun, advancing);
  await writeSlots(queries, triggers, { starts, now });
  // Behind their slots, which those that follow a workflow-run that ends at once look up.
  for (const { workflowRun, advancing } of workflowRuns)
    await beginWorkflowRunIn(queries, workflowRun, advancing);
}

async function writeSlots(
  queries: Queries,
  triggers: readonly HeldTrigger[],
  { starts, now }: { readonly starts: Decision["starts"]; readonly now: Date },
): Promise<void> {
  const madeOf = new Map(starts.map(({ slotId, made }) => [slotId, made]));
  const fresh = triggers.flatMap((held) =>
    held.fresh.map((slot) => ({ ...slot, triggerId: held.trigger.id })),
  );
  if (fresh.length > 0) {
    await queries.query(INSERT_SLOTS, [
      fresh.map(({ id }) => id),
      fresh.map(({ triggerId }) => triggerId),
      fresh.map(({ at }) => at.toISOString()),
      fresh.map(({ id }) => (madeOf.has(id) ? "started" : "waiting")),
      fresh.map(({ id }) => runIdOf(madeOf.get(id))),
      fresh.map(({ id }) => workflowRunIdOf(madeOf.get(id))),
      now,
    ]);
  }
  const isFresh = new Set(fresh.map(({ id }) => id));
  const others = starts.filter(({ slotId }) => !isFresh.has(slotId));
  if (others.length === 0) return;
  await queries.query(START_SLOTS, [
    others.map(({ slotId }) => slotId),
    others.map(({ made }) => runIdOf(made)),
    others.map(({ made }) => workflowRunIdOf(made)),
  ]);
}

const INSERT_SLOTS = `
  insert into trigger_slot (id, trigger_id, slot, is_by_hand, state, run_id, workflow_run_id, created_at)
  select id, trigger_id, slot, false, state, run_id, workflow_run_id, $7
  from unnest($1::uuid[], $2::uuid[], $3::timestamptz[], $4::text[], $5::uuid[], $6::uuid[])
    as given (id, trigger_id, slot, state, run_id, workflow_run_id)`;

const START_SLOTS = `
  update trigger_slot set state = 'started', run_id = given.run_id, workflow_run_id = given.workflow_run_id
  from unnest($1::uuid[], $2::uuid[], $3::uuid[]) as given (id, run_id, workflow_run_id)
  where trigger_slot.id = given.id`;

function runIdOf(made: StartedSlot | undefined): string | null {
  if (made === undefined || "workflowRun" in made) return null;
  return idOf(made);
}

function workflowRunIdOf(made: StartedSlot | undefined): string | null {
  return made !== undefined && "workflowRun" in made ? made.workflowRun.id : null;
}

/** The id of what is started for a slot: of a sweep its parent's. */
export function idOf(made: StartedSlot): string {
  if ("workflowRun" in made) return made.workflowRun.id;
  return "run" in made ? made.run.id : made.sweep.run.id;
}

async function leaveOut(
  queries: Queries,
  { id: triggerId, owner }: StoredTrigger,
  slot: { readonly slotId: string; readonly slot: Date; readonly reason: SkipReason; readonly now: Date },
): Promise<void> {
  const { slotId, now } = slot;
  const reason = { code: slot.reason.code, message: slot.reason.message };
  await queries.query("update trigger_slot set state = 'skipped', skipped = $2 where id = $1", [
    slotId,
    JSON.stringify(reason),
  ]);
  await postSlotSkipped(queries, { owner, triggerId, slotId, slot: slot.slot }, { ...reason, now });
}

const BUSY = { code: "SLOT_BUSY", message: "a run of an earlier slot was under way" };
const OVERTAKEN = { code: "SLOT_OVERTAKEN", message: "a newer slot came before its turn" };
