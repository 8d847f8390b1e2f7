import type { RunSettings } from "@notemill/schedules";
import type { Driver, Queries } from "../driver/driver.ts";
import { appendRunEvents } from "../runs/append-event.ts";
import { getRun } from "../runs/read-runs.ts";
import { statusEvent } from "../runs/status-event.ts";
import { addRun, type NewRun, type Submitted } from "../runs/submit-run.ts";
import { startChildren } from "./start-children.ts";
import { SWEEP_COLUMNS, toSweeps } from "./sweep-row.ts";

/** A sweep that is asked for. */
export interface NewSweep {
  /** The parent; its settings must allow no retry. */
  readonly run: NewRun;
  /** How many children may be under way at once. */
  readonly concurrency: number;
  /** Start no further child after one that did not succeed, and cancel those under way. */
  readonly stopOnFailure: boolean;
  readonly childSettings: RunSettings;
  /** In order; at least one that is not kept. */
  readonly children: readonly NewChild[];
}

/** One set of parameters of a sweep. */
export interface NewChild {
  readonly runId: string;
  readonly attemptId: string;
  /** JSON. */
  readonly parameters: string;
  /** The run, and what it recorded, where an earlier sweep has made it. `runId` is that of the run then. */
  readonly kept?: { readonly metrics: string | null; readonly seconds: number | null };
}

/** Starts a sweep: its parent, which runs from now on, and its first children, which wait for runners. */
export async function submitSweep(driver: Driver, sweep: NewSweep): Promise<Submitted> {
  return driver.tx((queries) => submitSweepIn(queries, sweep));
}

/** {@link submitSweep} within a transaction of the caller's. */
export async function submitSweepIn(queries: Queries, sweep: NewSweep): Promise<Submitted> {
  const submitted = await addRun(queries, { ...sweep.run, isSweep: true });
  if (submitted.kind !== "created") return submitted;
  await addSweep(queries, sweep);
  await holdParent(queries, sweep.run);
  const run = await getRun(queries, sweep.run.id);
  const [stored] = toSweeps(
    await queries.query(`select ${SWEEP_COLUMNS} from sweep where run_id = $1`, [sweep.run.id]),
  );
  if (run === null || stored === undefined) throw new Error(`the sweep "${sweep.run.id}" is not there`);
  const started = await startChildren(queries, {
    parent: run,
    sweep: stored,
    limit: sweep.concurrency,
    now: sweep.run.now,
  });
  await queries.query("update sweep set open_count = $2 where run_id = $1", [run.id, started]);
  return { kind: "created", run };
}

async function addSweep(queries: Queries, sweep: NewSweep): Promise<void> {
  const { run, children, concurrency, stopOnFailure, childSettings } = sweep;
  const keptCount = children.filter(({ kept }) => kept !== undefined).length;
  await queries.query(
    `insert into sweep (run_id, concurrency, stop_on_failure, child_settings, total, open_count, done_count)
     values ($1, $2, $3, $4, $5, 0, $6)`,
    [run.id, concurrency, stopOnFailure, JSON.stringify(childSettings), children.length, keptCount],
  );
  await queries.query(
    `insert into sweep_child (sweep_id, index, run_id, attempt_id, parameters, is_started, is_kept, metrics, seconds)
     select $1::uuid, position - 1, run_id, attempt_id, parameters, is_kept = 1, is_kept = 1, metrics, seconds
     from unnest($2::uuid[], $3::uuid[], $4::text[], $5::int[], $6::text[], $7::float8[])
       with ordinality as given (run_id, attempt_id, parameters, is_kept, metrics, seconds, position)`,
    [
      run.id,
      children.map(({ runId }) => runId),
      children.map(({ attemptId }) => attemptId),
      children.map(({ parameters }) => parameters),
      children.map(({ kept }) => (kept === undefined ? 0 : 1)),
      children.map(({ kept }) => kept?.metrics ?? null),
      children.map(({ kept }) => kept?.seconds ?? null),
    ],
  );
}

/** The parent's attempt runs at once, and belongs to the database: nobody can lose it. */
async function holdParent(queries: Queries, { id, attemptId, now }: NewRun): Promise<void> {
  await queries.query(
    `insert into attempt (id, run_id, number, status, created_at, claimed_at, started_at)
     values ($1, $2, 1, 'running', $3, $3, $3)`,
    [attemptId, id, now],
  );
  await queries.query("update run set status = 'running', started_at = $2 where id = $1", [id, now]);
  await appendRunEvents(
    queries,
    { runId: id, attempt: 1 },
    (["queued", "starting", "running"] as const).map((status) => statusEvent(status, { attempt: 1, now })),
  );
}
