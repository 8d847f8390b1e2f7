import { dueNotices, type NoticeEvent, type NoticeFacts, type RunStatus } from "@notemill/schedules";
import type { Queries, Row } from "../driver/driver.ts";
import { TRIGGER_CHANNEL } from "../events/add-event-slot.ts";
import { type DeliveryRule, parseRules } from "./rules.ts";

/** The channel that is woken when there is something to tell. */
export const OUTBOX_CHANNEL = "notemill_outbox";

/** What is told of, by ids; at least one of them. */
interface Subject {
  readonly owner: string;
  readonly triggerId: string | null;
  readonly slotId: string | null;
  readonly runId: string | null;
  readonly workflowRunId: string | null;
  readonly slot: Date | null;
  /** Why a slot has no run, as JSON. */
  readonly reason: string | null;
}

/** Events that come with every end; the others come once, however often there is a restart. */
const OUTCOMES: readonly NoticeEvent[] = ["succeeded", "failed", "cancelled"];

/** Reasons for which a slot has no run because somebody wanted it so. */
const WANTED = ["SLOT_BUSY", "SLOT_OVERTAKEN", "SLOT_PAUSED"];

/** A run that has ended. */
interface EndedRun {
  readonly id: string;
  readonly owner: string;
  readonly path: string;
  readonly status: RunStatus;
  readonly startedAt: Date | null;
  readonly finishedAt: Date | null;
  readonly endedAt: Date;
}

/**
 * Puts what runs that have ended give rise to into the outbox, and notes them where
 * triggers follow them; their slots are made by {@link followEnded}.
 */
export async function noteRunsEnded(queries: Queries, runs: readonly EndedRun[]): Promise<void> {
  if (runs.length === 0) return;
  // One look, since most runs are nobody's concern.
  const rows = await queries.query(CONCERNED, [runs.map(({ id }) => id), runs.map(({ path }) => path)]);
  const byId = new Map(runs.map((run) => [run.id, run]));
  for (const row of rows) {
    const run = byId.get(String(row["runId"]));
    if (run === undefined) continue;
    const now = run.endedAt;
    if (row["rules"] === null) {
      await queries.query("insert into run_ended (run_id, ended_at) values ($1, $2)", [run.id, now]);
      await queries.query("select pg_notify($1, '')", [TRIGGER_CHANNEL]);
      continue;
    }
    const subject = { ...subjectOf(row), workflowRunId: null, owner: run.owner, reason: null };
    await postNotices(queries, parseRules(row["rules"]), { subject, facts: factsOf(subject, run), now });
  }
}

// Slots are looked up one by one, and who follows by scalar subqueries: of a join the planner makes a scan
// of all of them, and of `exists` a list.
const CONCERNED = `
  with ended as (select * from unnest($1::uuid[], $2::text[]) as given (id, path))
  select ended.id as "runId", rules, null::uuid as "triggerId", null::uuid as "slotId", null::timestamptz as slot
    from ended join delivery_rules on delivery_rules.run_id = ended.id
  union all
  select ended.id, rules, trigger_slot.trigger_id, trigger_slot.id, trigger_slot.slot
    from ended cross join lateral (select * from trigger_slot where run_id = ended.id limit 1) as trigger_slot
    join delivery_rules on delivery_rules.trigger_id = trigger_slot.trigger_id
  union all
  select ended.id, null, null, null, null from ended
    where coalesce(
      (select true from trigger_follows where trigger_follows.path = ended.path limit 1),
      (select (select true from trigger_follows where upstream_id = trigger_slot.trigger_id limit 1)
        from trigger_slot where trigger_slot.run_id = ended.id limit 1)
    )`;

/** A workflow-run that has ended, and the slot that it stands for, where a trigger has started it. */
interface EndedWorkflowRun {
  readonly id: string;
  readonly owner: string;
  /** Which time it has ended; a restart ends once more, which is told once more. */
  readonly sequence: number;
  readonly status: RunStatus;
  readonly startedAt: Date | null;
  readonly finishedAt: Date | null;
  readonly slot: { readonly triggerId: string; readonly slotId: string; readonly at: Date } | null;
}

/** Puts what a workflow-run that has ended gives rise to into the outbox, by its own rules and its trigger's. */
export async function postWorkflowRunEnded(
  queries: Queries,
  run: EndedWorkflowRun,
  now: Date,
): Promise<void> {
  const rows = await queries.query(
    `select rules, trigger_id is not null as "isOfTrigger" from delivery_rules where workflow_run_id = $1
     union all select rules, true from delivery_rules where trigger_id = $2`,
    [run.id, run.slot?.triggerId ?? null],
  );
  const again = run.sequence === 1 ? "" : `/${run.sequence}`;
  for (const row of rows) {
    const slot = row["isOfTrigger"] === true ? run.slot : null;
    const subject = {
      owner: run.owner,
      triggerId: slot?.triggerId ?? null,
      slotId: slot?.slotId ?? null,
      slot: run.slot?.at ?? null,
      runId: null,
      workflowRunId: run.id,
      reason: null,
    };
    const what = { subject, facts: factsOf(subject, run), now, again };
    await postNotices(queries, parseRules(row["rules"]), what);
  }
}

/** Puts what a slot without a run gives rise to into the outbox. */
export async function postSlotSkipped(
  queries: Queries,
  slot: Omit<Subject, "runId" | "workflowRunId" | "reason">,
  { code, message, now }: { readonly code: string; readonly message: string; readonly now: Date },
): Promise<void> {
  if (WANTED.includes(code)) return;
  const [row] = await queries.query("select rules from delivery_rules where trigger_id = $1", [
    slot.triggerId,
  ]);
  if (row === undefined) return;
  const subject = { ...slot, runId: null, workflowRunId: null, reason: JSON.stringify({ code, message }) };
  const facts: NoticeFacts = { slot: slot.slot?.getTime() ?? null, isImpossible: true, run: null };
  await postNotices(queries, parseRules(row["rules"]), { subject, facts, now });
}

/**
 * Looks for what has become late, slow or has not started since, of everything that is under way.
 *
 * @returns How many messages there are more.
 */
export async function postOverdue(queries: Queries, now: Date): Promise<number> {
  const rows = await queries.query(
    `select rules, delivery_rules.owner, trigger_slot.trigger_id as "triggerId", trigger_slot.id as "slotId",
       trigger_slot.slot, run.id as "runId", workflow_run.id as "workflowRunId", coalesce(run.status, workflow_run.status) as status,
       coalesce(run.started_at, workflow_run.started_at) as "startedAt",
       coalesce(run.finished_at, workflow_run.finished_at) as "finishedAt"
     from delivery_rules join trigger_slot on trigger_slot.trigger_id = delivery_rules.trigger_id
       left join run on run.id = trigger_slot.run_id
       left join workflow_run on workflow_run.id = trigger_slot.workflow_run_id
     where trigger_slot.state in ('waiting', 'started')
       -- A slot may look open for a while after its run has ended, of which was told then.
       and coalesce(run.status, workflow_run.status, 'queued') in ('queued', 'starting', 'running')
     union all
     select rules, delivery_rules.owner, null, null, null, run.id, null, run.status, run.started_at, run.finished_at
     from delivery_rules join run on run.id = delivery_rules.run_id
     where run.status in ('queued', 'starting', 'running')
     union all
     select rules, delivery_rules.owner, null, null, null, null, workflow_run.id, workflow_run.status,
       workflow_run.started_at, workflow_run.finished_at
     from delivery_rules join workflow_run on workflow_run.id = delivery_rules.workflow_run_id
     where workflow_run.status in ('queued', 'running')`,
  );
  let count = 0;
  for (const row of rows) {
    const workflowRunId = row["workflowRunId"] as string | null;
    const subject = { ...subjectOf(row), workflowRunId, owner: String(row["owner"]), reason: null };
    const run = row["status"] === null ? null : (row as unknown as Parameters<typeof factsOf>[1]);
    count += await postNotices(queries, parseRules(row["rules"]), {
      subject,
      facts: factsOf(subject, run),
      now,
    });
  }
  return count;
}

function subjectOf(row: Row): Omit<Subject, "owner" | "workflowRunId" | "reason"> {
  const { triggerId, slotId, slot, runId } = row as unknown as Subject;
  return { triggerId, slotId, slot, runId };
}

function factsOf(
  { slot }: Pick<Subject, "slot">,
  run: {
    readonly status: RunStatus;
    readonly startedAt: Date | null;
    readonly finishedAt: Date | null;
  } | null,
): NoticeFacts {
  return {
    slot: slot?.getTime() ?? null,
    isImpossible: false,
    run: run && {
      status: run.status,
      startedAt: run.startedAt?.getTime() ?? null,
      finishedAt: run.finishedAt?.getTime() ?? null,
    },
  };
}

async function postNotices(
  queries: Queries,
  rules: readonly DeliveryRule[],
  {
    subject,
    facts,
    now,
    again = "",
  }: {
    readonly subject: Subject;
    readonly facts: NoticeFacts;
    readonly now: Date;
    /** Tells an end from an earlier one of the same workflow-run. */
    readonly again?: string;
  },
): Promise<number> {
  let count = 0;
  for (const rule of rules) {
    for (const event of dueNotices(rule, facts, now.getTime()))
      count += await post(queries, { rule, event, subject, now, again });
  }
  if (count > 0) await queries.query("select pg_notify($1, '')", [OUTBOX_CHANNEL]);
  return count;
}

async function post(
  queries: Queries,
  {
    rule,
    event,
    subject,
    now,
    again,
  }: {
    readonly rule: DeliveryRule;
    readonly event: NoticeEvent;
    readonly subject: Subject;
    readonly now: Date;
    readonly again: string;
  },
): Promise<number> {
  // A slot and its run are one thing to be told of.
  const id = subject.slotId ?? subject.runId ?? subject.workflowRunId ?? "";
  const key = `${rule.id}:${event}:${id}${OUTCOMES.includes(event) ? again : ""}`;
  const rows = await queries.query(
    `insert into outbox (owner, rule, event, key, trigger_id, run_id, slot, reason, state, not_before, created_at,
       workflow_run_id)
     values ($1, $2, $3, $4, $5, $6, $7, $8, 'waiting', $9, $9, $10) on conflict (key) do nothing returning id`,
    [
      subject.owner,
      JSON.stringify(rule),
      event,
      key,
      subject.triggerId,
      subject.runId,
      subject.slot,
      subject.reason,
      now,
      subject.workflowRunId,
    ],
  );
  return rows.length;
}
