import { exitClass, type FinalStatus, nextRunStatus, type RunSettings } from "@notemill/schedules";
import type { Queries } from "../driver/driver.ts";
import { noteRunsEnded } from "../deliveries/post-notices.ts";
import { advanceSweep } from "../sweeps/advance-sweep.ts";
import { noteTaskEnded, noteTaskStarted } from "../workflows/note-task.ts";
import { byWorkflowRun } from "./append-attempt-events.ts";
import { addCountedEvents, type NewEvent } from "./append-event.ts";
import { chainRecords } from "./chain-records.ts";
import type { Ending } from "./ending.ts";
import { namesOf, retryRun, retryTime } from "./retry-run.ts";
import { RUN_COLUMNS, type StoredAttempt, type StoredRun, toRuns } from "./run-row.ts";
import { statusEvent } from "./status-event.ts";

/** An attempt that the transaction has locked, and how it ended. */
export interface Finishing {
  readonly held: StoredAttempt;
  readonly ending: Ending;
  /** Only where it succeeded. Default: none. */
  readonly last?: LastEvents | null;
}

/** Events of an attempt that are stored with its end. */
export interface LastEvents {
  readonly events: readonly NewEvent[];
  /** Whether the attempt, and its run, ran from these on. */
  readonly begins: boolean;
  /** How many events its runner has sent in all. */
  readonly count: number;
}

/** Ends one attempt; see {@link finishAttempts}. */
export async function finishAttempt(
  queries: Queries,
  held: StoredAttempt,
  ending: Ending,
): Promise<StoredRun> {
  const [run] = await finishAttempts(queries, [{ held, ending }]);
  return run as StoredRun;
}

/**
 * Ends attempts that the transaction has locked, each of another run: their statuses, their
 * records' places in the chain, the runs' statuses, the events, and what follows: the next attempt
 * where there is one, or the next child where the run is one of a sweep.
 *
 * It takes as many statements for many as for one, where nothing follows.
 *
 * @returns The runs, in the same order.
 */
export async function finishAttempts(
  queries: Queries,
  finishing: readonly Finishing[],
): Promise<readonly StoredRun[]> {
  const ended = await endAttempts(queries, finishing);
  const before = await lockRuns(
    queries,
    ended.map(({ attempt }) => attempt.runId),
  );
  const attempts = ended.map((it) => ({ ...it, run: runOf(before, it.attempt.runId) }));
  const decided = [];
  for (const it of attempts) decided.push({ ...it, next: await decide(queries, it) });

  const after = new Map<string, StoredRun>();
  for (const { run, ending, next } of decided) {
    if (next.status === "queued") after.set(run.id, await retryRun(queries, run, { ...ending, ...next }));
  }
  const over = decided.flatMap(({ next, ...it }) =>
    next.status === "queued" ? [] : [{ ...it, status: next.status }],
  );
  for (const run of await endRuns(queries, over)) after.set(run.id, run);

  const tasks = over.flatMap(({ run: { id, workflowRunId }, ending, status, last }) =>
    workflowRunId === null
      ? []
      : [{ runId: id, workflowRunId, status, ending, begins: last?.begins ?? false }],
  );
  // In one order, so that two who have tasks of the same do not wait for each other.
  for (const { ending, begins, ...task } of tasks.toSorted(byWorkflowRun)) {
    const advancing = { ...ending.advancing, now: ending.now };
    if (begins) await noteTaskStarted(queries, task, advancing);
    await noteTaskEnded(queries, task, advancing);
  }
  // The last thing: a record has the events of the attempt, and from here on there are no more.
  await chainRecords(queries, attempts);
  for (const { run, ending } of over) {
    if (run.sweepId === null) continue;
    await advanceSweep(queries, { ...runOf(after, run.id), sweepId: run.sweepId }, ending.now);
  }
  return finishing.map(({ held }) => runOf(after, held.runId));
}

/** Writes how attempts ended. */
async function endAttempts(
  queries: Queries,
  finishing: readonly Finishing[],
): Promise<readonly (Finishing & { readonly attempt: StoredAttempt })[]> {
  const ended = finishing.map(({ held, ending, last = null }) => {
    const { outcome, failure, facts, now } = ending;
    const blamed = exitClass(outcome, namesOf(failure)[0]);
    return {
      held,
      ending,
      last,
      attempt: { ...held, status: outcome, failure, facts, finishedAt: now, exitClass: blamed },
    };
  });
  await queries.query(END_ATTEMPTS, [
    ended.map(({ attempt }) => attempt.id),
    ended.map(({ attempt }) => attempt.status),
    ended.map(({ attempt }) => attempt.failure),
    ended.map(({ attempt }) => attempt.facts),
    ended.map(({ ending }) => ending.now.toISOString()),
    ended.map(({ attempt }) => attempt.exitClass),
    ended.map(({ ending }) => ending.kernelUntil?.toISOString() ?? null),
    ended.map(({ ending }) => ending.scraps?.data ?? null),
    ended.map(({ ending }) => JSON.stringify(ending.scraps?.leftOut ?? [])),
    ended.map(({ attempt }) => attempt.startedAt?.toISOString() ?? null),
    ended.map(({ last }) => last?.count ?? null),
  ]);
  return ended;
}

// An array of arrays has to be a rectangle, so the names of scraps come as JSON.
const END_ATTEMPTS = `
  update attempt set status = ended.status, failure = ended.failure, facts = ended.facts,
    finished_at = ended.finished_at, exit_class = ended.exit_class, kernel_until = ended.kernel_until,
    notebook_wanted = false, lease_until = null, scraps = ended.scraps,
    scraps_left_out = array(select json_array_elements_text(ended.left_out::json)),
    started_at = coalesce(attempt.started_at, ended.started_at),
    event_count = coalesce(ended.event_count, attempt.event_count)
  from unnest(
    $1::uuid[], $2::text[], $3::text[], $4::text[], $5::timestamptz[], $6::text[], $7::timestamptz[], $8::text[],
    $9::text[], $10::timestamptz[], $11::int[]
  ) as ended (
    id, status, failure, facts, finished_at, exit_class, kernel_until, scraps, left_out, started_at, event_count
  )
  where attempt.id = ended.id`;

async function lockRuns(queries: Queries, ids: readonly string[]): Promise<ReadonlyMap<string, StoredRun>> {
  const rows = await queries.query(
    `select ${RUN_COLUMNS} from run where id = any($1::uuid[]) order by id for update`,
    [ids],
  );
  return new Map(toRuns(rows).map((run) => [run.id, run]));
}

/** Decides what becomes of a run one of whose attempts has ended. */
async function decide(queries: Queries, { held, ending, run }: Finishing & { readonly run: StoredRun }) {
  const { outcome, now } = ending;
  const settings = JSON.parse(run.settings) as RunSettings;
  // What no runner had in time is not worth waiting for once more.
  const isRetried = outcome !== "succeeded" && held.status !== "queued";
  const notBefore = isRetried ? await retryTime(queries, run, { settings, now }) : null;
  const status = nextRunStatus(outcome, {
    hasRetry: notBefore !== null,
    isCancelRequested: run.cancelRequestedAt !== null,
  });
  return status === "queued" ? { status, settings, notBefore: notBefore ?? now } : { status };
}

/** A run that is over, in the attempt that was its last. */
interface EndedRun extends Finishing {
  readonly attempt: StoredAttempt;
  readonly run: StoredRun;
  readonly status: FinalStatus;
}

/** Ends runs, writes their last events, and puts what they give rise to into the outbox. */
async function endRuns(queries: Queries, over: readonly EndedRun[]): Promise<readonly StoredRun[]> {
  if (over.length === 0) return [];
  const told = new Map(
    over.map(({ run, attempt: { number, failure }, ending: { now }, status, last }) => [
      run.id,
      [...(last?.events ?? []), statusEvent(status, { attempt: number, now, failure })],
    ]),
  );
  const rows = await queries.query(END_RUNS, [
    over.map(({ run }) => run.id),
    over.map(({ status }) => status),
    over.map(({ attempt }) => attempt.failure),
    over.map(({ ending }) => ending.now.toISOString()),
    over.map(({ ending, last }) => (last?.begins === true ? ending.now.toISOString() : null)),
    over.map(({ run }) => told.get(run.id)?.length ?? 0),
  ]);
  const sequences = new Map(rows.map(({ id, eventSeq }) => [id, Number(eventSeq)]));
  await addCountedEvents(
    queries,
    over.flatMap(({ run: { id }, attempt }) => {
      const events = told.get(id) ?? [];
      const before = (sequences.get(id) ?? 0) - events.length;
      return events.map((event, index) => ({
        ...event,
        runId: id,
        attempt: attempt.number,
        seq: before + index + 1,
      }));
    }),
  );
  const runs = over.map(asEnded);
  const endedAt = new Map(over.map(({ run, ending }) => [run.id, ending.now]));
  // A sweep counts once, when it ends itself.
  const alone = runs.filter(({ sweepId }) => sweepId === null);
  await noteRunsEnded(
    queries,
    alone.map((run) => ({ ...run, endedAt: endedAt.get(run.id) as Date })),
  );
  return runs;
}

const END_RUNS = `
  update run set status = ended.status, failure = ended.failure, finished_at = ended.finished_at, not_before = null,
    started_at = coalesce(run.started_at, ended.started_at), event_seq = event_seq + ended.events
  from unnest($1::uuid[], $2::text[], $3::text[], $4::timestamptz[], $5::timestamptz[], $6::int[])
    as ended (id, status, failure, finished_at, started_at, events)
  where run.id = ended.id
  returning run.id, run.event_seq as "eventSeq"`;

/** A run as the database has it from here on: it was locked, so nobody else has changed it. */
function asEnded({ run, attempt, ending: { now }, status, last }: EndedRun): StoredRun {
  const startedAt = run.startedAt ?? (last?.begins === true ? now : null);
  return { ...run, status, failure: attempt.failure, startedAt, finishedAt: now, notBefore: null };
}

function runOf(runs: ReadonlyMap<string, StoredRun>, id: string): StoredRun {
  const run = runs.get(id);
  if (run === undefined) throw new Error(`the run "${id}" is not in the database`);
  return run;
}
