import { admit, decideSlots, FINAL_STATUSES, type LiveRun } from "@notemill/schedules";
import type { Driver, Queries } from "../driver/driver.ts";
import { type NewRun, type Submitted, submitRunIn } from "../runs/submit-run.ts";
import { postSlotSkipped } from "../deliveries/post-notices.ts";
import type { Advancing } from "../workflows/held-workflow-run.ts";
import {
  type NewWorkflowRun,
  startWorkflowRunIn,
  type WorkflowRunStarted,
} from "../workflows/start-workflow-run.ts";
import { nextFire } from "./next-fire.ts";
import { scheduledTrigger, type StoredTrigger, toTriggers, TRIGGER_COLUMNS } from "./trigger-row.ts";

/** A trigger that is due. */
export interface DueTrigger extends StoredTrigger {
  /** How many of its runs are under way. */
  readonly live: number;
}

/** A run for a slot, a workflow-run, or why there is none. */
export type SlotRun =
  | { readonly run: NewRun }
  | { readonly workflowRun: NewWorkflowRun; readonly advancing: Advancing }
  | { readonly skipped: { readonly code: string; readonly message: string } };

/** A slot whose turn it is. */
export interface DueSlot {
  readonly at: Date;
  /** What an event carries, as JSON; null for an instant. */
  readonly body: string | null;
}

/** Options of {@link fireTrigger}. */
export interface FireOptions {
  readonly now: Date;
  /** Gives UUIDs of version 7. */
  readonly newId: () => string;
  /**
   * Makes the run of a slot. Pure: the transaction waits for it. Null where what it
   * needs is not there; slots whose turn it is then wait for the next look.
   */
  readonly runOf: ((trigger: StoredTrigger, slot: DueSlot) => SlotRun) | null;
}

/** What {@link fireTrigger} did. */
export interface Fired {
  /** Runs, or workflow-runs. */
  readonly started: readonly string[];
  readonly skipped: number;
  /** Whether slots were left out that nobody was there to fire. */
  readonly hasMissed: boolean;
  /** Runs that have to end, since a newer one came. Cancel them; they are named again until they are over. */
  readonly toCancel: readonly string[];
  /** Workflow-runs likewise. */
  readonly workflowRunsToCancel: readonly string[];
}

/** How long until somebody looks again whether a slot that waits may start, in milliseconds. */
const LOOK_AGAIN_MS = 1000;

/** The triggers that are due, the longest due first. Nobody has them yet: see {@link fireTrigger}. */
export async function dueTriggers(
  queries: Queries,
  { now, limit }: { readonly now: Date; readonly limit: number },
): Promise<readonly DueTrigger[]> {
  const rows = await queries.query(
    `select ${TRIGGER_COLUMNS}, (
       select count(*)::int from trigger_slot left join run on run.id = run_id
         left join workflow_run on workflow_run.id = trigger_slot.workflow_run_id
       where trigger_slot.trigger_id = trigger.id and trigger_slot.state = 'started'
         and not (coalesce(run.status, workflow_run.status) = any($3))
     ) as live
     from trigger where next_fire_at <= $1 order by next_fire_at limit $2`,
    [now, limit, FINAL_STATUSES],
  );
  return toTriggers(rows) as readonly DueTrigger[];
}

/** When the next trigger becomes due; null where none will. */
export async function nextDueTrigger(queries: Queries): Promise<Date | null> {
  const [row] = await queries.query(
    "select min(next_fire_at) as next from trigger where next_fire_at is not null",
  );
  return (row?.["next"] as Date | null | undefined) ?? null;
}

/**
 * Fires what is due of a trigger: its slots, their runs, and when to look again, in
 * one transaction.
 *
 * Any number of servers may try. One does it, the others get null, as does one that
 * has seen another version of the trigger.
 */
export async function fireTrigger(
  driver: Driver,
  { id, version }: Pick<StoredTrigger, "id" | "version">,
  options: FireOptions,
): Promise<Fired | null> {
  const { now, newId } = options;
  return driver.tx(async (queries) => {
    const [trigger] = toTriggers(
      await queries.query(
        `select ${TRIGGER_COLUMNS} from trigger where id = $1 and version = $2 and next_fire_at <= $3
         for update skip locked`,
        [id, version, now],
      ),
    );
    if (trigger === undefined) return null;
    const scheduled = scheduledTrigger(id, trigger);
    const watermarkMs = trigger.watermark.getTime();
    const decision =
      scheduled === null
        ? { fires: [], watermark: watermarkMs, hasSkipped: false }
        : decideSlots(scheduled, watermarkMs, now.getTime());
    for (const slot of decision.fires) await insertSlot(queries, { id: newId(), triggerId: id, slot, now });
    const done = await admitSlots(queries, trigger, options);
    if (decision.hasSkipped) {
      const missed = {
        owner: trigger.owner,
        triggerId: id,
        slotId: `${id}-${decision.watermark}`,
        slot: null,
      };
      await postSlotSkipped(queries, missed, { ...MISSED, now });
    }
    const watermark = new Date(decision.watermark);
    const next = nextFire(id, trigger, watermark);
    const again = done.waiting === 0 ? null : new Date(now.getTime() + LOOK_AGAIN_MS);
    await queries.query("update trigger set watermark = $2, next_fire_at = $3 where id = $1", [
      id,
      watermark,
      earlier(next, again),
    ]);
    return { ...done, hasMissed: decision.hasSkipped };
  });
}

/** Starts a run of a trigger by hand, whatever else it has under way. @returns Null where there is no such trigger. */
export async function startByHand(
  driver: Driver,
  { id }: Pick<StoredTrigger, "id">,
  { run, ...place }: ByHand & { readonly run: NewRun },
): Promise<Submitted | null> {
  return startSlot(driver, id, { ...place, column: "run_id", now: run.now }, (queries) =>
    submitRunIn(queries, run),
  );
}

/** The same for a trigger that starts a workflow. */
export async function startWorkflowByHand(
  driver: Driver,
  { id }: Pick<StoredTrigger, "id">,
  { run, advancing, ...place }: ByHand & { readonly run: NewWorkflowRun; readonly advancing: Advancing },
): Promise<WorkflowRunStarted | null> {
  return startSlot(driver, id, { ...place, column: "workflow_run_id", now: run.now }, (queries) =>
    startWorkflowRunIn(queries, run, advancing),
  );
}

/** A start by hand, as if a slot were at that instant. */
export interface ByHand {
  readonly slotId: string;
  readonly slot: Date;
}

async function startSlot<Started extends { readonly kind: string; readonly run: { readonly id: string } }>(
  driver: Driver,
  triggerId: string,
  place: ByHand & { readonly column: "run_id" | "workflow_run_id"; readonly now: Date },
  start: (queries: Queries) => Promise<Started>,
): Promise<Started | null> {
  return driver.tx(async (queries) => {
    const found = await queries.query(
      "select id from trigger where id = $1 and deleted_at is null for share",
      [triggerId],
    );
    if (found.length === 0) return null;
    const started = await start(queries);
    if (started.kind !== "created") return started;
    await queries.query(
      `insert into trigger_slot (id, trigger_id, slot, is_by_hand, state, ${place.column}, created_at)
       values ($1, $2, $3, true, 'started', $4, $5)`,
      [place.slotId, triggerId, place.slot, started.run.id, place.now],
    );
    return started;
  });
}

async function insertSlot(
  queries: Queries,
  slot: { readonly id: string; readonly triggerId: string; readonly slot: number; readonly now: Date },
): Promise<void> {
  await queries.query(
    `insert into trigger_slot (id, trigger_id, slot, is_by_hand, state, created_at)
     values ($1, $2, $3, false, 'waiting', $4) on conflict do nothing`,
    [slot.id, slot.triggerId, new Date(slot.slot), slot.now],
  );
}

/** Starts, skips or keeps waiting every slot that waits, as the trigger's policy says. */
async function admitSlots(
  queries: Queries,
  trigger: StoredTrigger,
  { runOf, now }: FireOptions,
): Promise<Omit<Fired, "hasMissed"> & { readonly waiting: number }> {
  await queries.query(
    `update trigger_slot set state = 'over' where trigger_id = $1 and state = 'started' and (
       exists (select from run where run.id = run_id and run.status = any($2))
       or exists (select from workflow_run where workflow_run.id = workflow_run_id and workflow_run.status = any($2))
     )`,
    [trigger.id, FINAL_STATUSES],
  );
  const rows = await queries.query(
    `select id, slot, body, state, run_id, workflow_run_id from trigger_slot
     where trigger_id = $1 and state in ('waiting', 'started') order by id`,
    [trigger.id],
  );
  const open = new Map(rows.map((row) => [String(row["id"]), row]));
  const live = [...open].map(([id, row]): LiveRun => ({
    id,
    status: row["state"] === "started" ? "running" : "queued",
  }));
  const { start, cancel, skip, wait } = admit(trigger.concurrency, live);
  let waiting = wait.length;
  let skipped = 0;
  const started: string[] = [];
  const toCancel: string[] = [];
  const workflowRunsToCancel: string[] = [];
  const leaveOut = async (
    id: string,
    reason: { readonly code: string; readonly message: string },
  ): Promise<void> => {
    skipped += 1;
    await queries.query("update trigger_slot set state = 'skipped', skipped = $2 where id = $1", [
      id,
      JSON.stringify({ code: reason.code, message: reason.message }),
    ]);
    const slot = {
      owner: trigger.owner,
      triggerId: trigger.id,
      slotId: id,
      slot: open.get(id)?.["slot"] as Date,
    };
    await postSlotSkipped(queries, slot, { ...reason, now });
  };
  for (const id of skip) await leaveOut(id, BUSY);
  for (const id of cancel) {
    const { run_id: runId, workflow_run_id: workflowRunId } = open.get(id) ?? {};
    if (typeof runId === "string") toCancel.push(runId);
    else if (typeof workflowRunId === "string") workflowRunsToCancel.push(workflowRunId);
    else await leaveOut(id, OVERTAKEN);
  }
  for (const id of start) {
    if (runOf === null) {
      waiting += 1;
      continue;
    }
    const { slot: at, body } = open.get(id) ?? {};
    const made = runOf(trigger, { at: at as Date, body: (body ?? null) as string | null });
    if ("skipped" in made) {
      await leaveOut(id, made.skipped);
      continue;
    }
    const isRun = "run" in made;
    if (isRun) await submitRunIn(queries, made.run);
    else await startWorkflowRunIn(queries, made.workflowRun, made.advancing);
    const startedId = isRun ? made.run.id : made.workflowRun.id;
    const column = isRun ? "run_id" : "workflow_run_id";
    await queries.query(`update trigger_slot set state = 'started', ${column} = $2 where id = $1`, [
      id,
      startedId,
    ]);
    started.push(startedId);
  }
  return { started, skipped, toCancel, workflowRunsToCancel, waiting };
}

const MISSED = {
  code: "SLOTS_MISSED",
  message: "slots were missed and left out: no server was there to fire them",
};
const BUSY = { code: "SLOT_BUSY", message: "a run of an earlier slot was under way" };
const OVERTAKEN = { code: "SLOT_OVERTAKEN", message: "a newer slot came before its turn" };

function earlier(one: Date | null, other: Date | null): Date | null {
  if (one === null || other === null) return one ?? other;
  return one < other ? one : other;
}
