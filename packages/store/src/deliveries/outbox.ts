import type { NoticeEvent } from "@notemill/schedules";
import type { Driver, Queries, Row, SqlValue } from "../driver/driver.ts";
import { whereOf } from "../driver/where.ts";
import type { DeliveryRule } from "./rules.ts";

/** Something to be told, and how far that is. */
export interface OutboxMessage {
  readonly id: number;
  readonly owner: string;
  readonly rule: DeliveryRule;
  readonly event: NoticeEvent;
  readonly triggerId: string | null;
  readonly runId: string | null;
  readonly workflowRunId: string | null;
  readonly slot: Date | null;
  /** Why a slot has no run, as JSON. */
  readonly reason: string | null;
  readonly state: "waiting" | "sent" | "given_up";
  /** How often it has been tried. */
  readonly attempts: number;
  readonly notBefore: Date;
  /** Why the last attempt went wrong. */
  readonly problem: string | null;
  readonly createdAt: Date;
  readonly endedAt: Date | null;
}

const COLUMNS = `id, owner, rule, event, trigger_id as "triggerId", run_id as "runId",
  workflow_run_id as "workflowRunId", slot, reason, state, attempts,
  not_before as "notBefore", problem, created_at as "createdAt", ended_at as "endedAt"`;

/**
 * Takes messages to be sent. Who takes one has the time of a lease: when it is
 * over without word from them, another one sends it, so a message may come twice.
 */
export async function claimMessages(
  driver: Driver,
  { now, leaseMs, limit }: { readonly now: Date; readonly leaseMs: number; readonly limit: number },
): Promise<readonly OutboxMessage[]> {
  const rows = await driver.query(
    `update outbox set attempts = attempts + 1, not_before = $2 where id in (
       select id from outbox where state = 'waiting' and not_before <= $1
       order by not_before limit $3 for update skip locked
     ) returning ${COLUMNS}`,
    [now, new Date(now.getTime() + leaseMs), limit],
  );
  return toMessages(rows);
}

/** What became of an attempt to send a message. */
export type Sending =
  | { readonly kind: "sent" }
  /** It is tried again then. */
  | { readonly kind: "failed"; readonly problem: string; readonly notBefore: Date }
  | { readonly kind: "given-up"; readonly problem: string };

/** Notes what became of an attempt; nothing where somebody else has taken the message meanwhile. */
export async function noteSending(
  queries: Queries,
  { id, attempts }: Pick<OutboxMessage, "id" | "attempts">,
  sending: Sending,
  now: Date,
): Promise<void> {
  const isOver = sending.kind !== "failed";
  await queries.query(
    `update outbox set state = $3, problem = $4, not_before = coalesce($5, not_before), ended_at = $6
     where id = $1 and attempts = $2 and state = 'waiting'`,
    [
      id,
      attempts,
      sending.kind === "sent" ? "sent" : sending.kind === "failed" ? "waiting" : "given_up",
      sending.kind === "sent" ? null : sending.problem,
      sending.kind === "failed" ? sending.notBefore : null,
      isOver ? now : null,
    ],
  );
}

/** Lets a message that was given up be tried again. @returns Null where there is none. */
export async function retryMessage(queries: Queries, id: number, now: Date): Promise<OutboxMessage | null> {
  const rows = await queries.query(
    `update outbox set state = case when state = 'given_up' then 'waiting' else state end,
       attempts = case when state = 'given_up' then 0 else attempts end,
       ended_at = case when state = 'given_up' then null else ended_at end,
       not_before = case when state = 'sent' then not_before else $2 end
     where id = $1 returning ${COLUMNS}`,
    [id, now],
  );
  return toMessages(rows)[0] ?? null;
}

/**
 * Lets messages go that were sent before an instant, or were given up before another one.
 *
 * @returns How many there were; with as many as `limit` there may be more.
 */
export async function forgetMessages(
  queries: Queries,
  options: { readonly sentBefore: Date; readonly givenUpBefore: Date; readonly limit: number },
): Promise<number> {
  const { sentBefore, givenUpBefore, limit } = options;
  const rows = await queries.query(
    `delete from outbox where id in (
       select id from outbox
       where ended_at < case state when 'sent' then $1::timestamptz else $2::timestamptz end limit $3
     ) returning id`,
    [sentBefore, givenUpBefore, limit],
  );
  return rows.length;
}

/** Which messages are wanted. */
export interface ListMessagesOptions {
  readonly state?: string | undefined;
  readonly triggerId?: string | undefined;
  readonly runId?: string | undefined;
  readonly workflowRunId?: string | undefined;
  /** The id of the last one of the page before. */
  readonly before?: number | undefined;
  readonly limit: number;
}

/** One page of messages, newest first. */
export async function listMessages(
  queries: Queries,
  { state, triggerId, runId, workflowRunId, before, limit }: ListMessagesOptions,
): Promise<readonly OutboxMessage[]> {
  const values: SqlValue[] = [limit];
  const where = whereOf(values, [
    ["state = ?", state],
    ["trigger_id = ?", triggerId],
    ["run_id = ?", runId],
    ["workflow_run_id = ?", workflowRunId],
    ["id < ?", before],
  ]);
  return toMessages(
    await queries.query(`select ${COLUMNS} from outbox ${where} order by id desc limit $1`, values),
  );
}

function toMessages(rows: readonly Row[]): readonly OutboxMessage[] {
  return rows.map(
    (row) =>
      ({ ...row, id: Number(row["id"]), rule: JSON.parse(String(row["rule"])) as unknown }) as OutboxMessage,
  );
}
