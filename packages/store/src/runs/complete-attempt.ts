import { ATTEMPT_MOVES, canMove } from "@notemill/schedules";
import type { Driver, Queries } from "../driver/driver.ts";
import { inBatch, type Patience } from "../driver/in-batch.ts";
import {
  type AttemptEvents,
  begins,
  type EventsToAppend,
  eventsOf,
  planAppend,
  type PlannedAppend,
  storeAppends,
} from "./append-attempt-events.ts";
import type { Ending, StoredFile } from "./ending.ts";
import { finishAttempts, type Finishing, type LastEvents } from "./finish-attempt.ts";
import { type HeldAttempt, heldAttempt, heldAttempts } from "./held-attempt.ts";
import type { Holding } from "./renew-leases.ts";
import { ATTEMPT_COLUMNS, type StoredRun, toAttempts } from "./run-row.ts";
import { getRun } from "./read-runs.ts";

/** What became of a completion. */
export type Completed =
  | { readonly kind: "completed"; readonly run: StoredRun }
  /** The attempt was completed before, by the same runner: its first answer got lost. */
  | { readonly kind: "known"; readonly run: StoredRun }
  | { readonly kind: "lost" }
  /** Some events before its last never came; send them from `next` on. Nothing was changed. */
  | { readonly kind: "gap"; readonly next: number }
  /** The attempt cannot get there from where it is: it succeeds only after its events have made it run. */
  | { readonly kind: "not-possible" };

/** What a runner says at the end of an attempt. */
export interface Completion {
  readonly holding: Holding;
  readonly ending: Ending;
  /** The last events, which come first. Default: the database has them all. */
  readonly events?: Pick<AttemptEvents, "first" | "events"> | null;
}

/** Ends an attempt on the word of the runner that has it. */
export async function completeAttempt(driver: Driver, holding: Holding, ending: Ending): Promise<Completed> {
  const [completed] = await completeAttempts(driver, [{ holding, ending }]);
  return completed as Completed;
}

/** Ends several attempts, each named once, in one transaction. What it gives is in the same order. */
export async function completeAttempts(
  driver: Driver,
  completions: readonly Completion[],
  patience: Patience = "endless",
): Promise<readonly Completed[]> {
  return inBatch(driver, patience, async (queries) => {
    const held = await heldAttempts(
      queries,
      completions.map(({ holding }) => holding),
    );
    const planned = completions.map(({ holding, ending: { advancing, now }, events }) =>
      planAppend(held.get(holding.attemptId), {
        ...holding,
        ...(events ?? { first: 0, events: [] }),
        advancing,
        now,
      }),
    );
    const finishing = new Map<number, Finishing>();
    const toAppend: PlannedAppend[] = [];
    for (const [index, append] of planned.entries()) {
      const ending = completions[index]?.ending;
      if (append.kind !== "appended" || ending === undefined) continue;
      const attempt = append.fresh.length > 0 ? running(append.attempt, ending.now) : append.attempt;
      const isPossible = canMove(ATTEMPT_MOVES, attempt.status, ending.outcome);
      // What has succeeded is not tried again: its last events go with its end, into the same rows.
      const last = isPossible && ending.outcome === "succeeded" ? lastEvents(append) : null;
      if (last === null) toAppend.push(append);
      if (isPossible) finishing.set(index, { held: attempt, ending, last });
    }
    await storeAppends(queries, toAppend);
    const runs = await finishAttempts(queries, [...finishing.values()]);
    const finished = new Map([...finishing.keys()].map((index, at) => [index, runs[at]]));

    const completed: Completed[] = [];
    for (const [index, { kind, next }] of planned.entries()) {
      const run = finished.get(index);
      if (run !== undefined) completed.push({ kind: "completed", run });
      else if (kind === "gap") completed.push({ kind, next });
      else if (kind === "appended") completed.push({ kind: "not-possible" });
      else completed.push(await earlierCompletion(queries, completions[index] as Completion));
    }
    return completed;
  });
}

function lastEvents(append: EventsToAppend): LastEvents {
  return { events: eventsOf(append), begins: begins(append), count: append.next };
}

/** An attempt whose first events have just come. */
function running(attempt: HeldAttempt, now: Date): HeldAttempt {
  return { ...attempt, status: "running", startedAt: attempt.startedAt ?? now };
}

/** The run of an attempt that its runner does not have any more, if it ended as it says. */
async function earlierCompletion(queries: Queries, { holding, ending }: Completion): Promise<Completed> {
  const [earlier] = toAttempts(
    await queries.query(`select ${ATTEMPT_COLUMNS} from attempt where id = $1 and fence = $2`, [
      holding.attemptId,
      holding.fence,
    ]),
  );
  const run = earlier?.status === ending.outcome ? await getRun(queries, earlier.runId) : null;
  return run === null ? { kind: "lost" } : { kind: "known", run };
}

/**
 * Notes a file of an attempt that is in the store of records.
 *
 * @returns Whether the runner still has the attempt.
 */
export async function noteRecordFile(driver: Driver, holding: Holding, file: StoredFile): Promise<boolean> {
  const rows = await driver.query(NOTE_FILE, [
    holding.attemptId,
    holding.fence,
    file.name,
    file.sha256,
    file.size,
  ]);
  return rows.length > 0;
}

// The attempt is locked, so that it cannot end between the look and the file.
const NOTE_FILE = `
  with held as (
    select id from attempt where id = $1 and fence = $2 and status in ('starting', 'running') for update
  ), noted as (
    insert into record_file (attempt_id, name, sha256, size) select id, $3, $4, $5 from held
    on conflict (attempt_id, name) do nothing
  )
  select id from held`;

/** What a record's directory is named after, as long as the runner has the attempt; else null. */
export async function recordPlace(
  driver: Driver,
  holding: Holding,
): Promise<{ readonly run: StoredRun; readonly attempt: HeldAttempt } | null> {
  const attempt = await heldAttempt(driver, holding);
  const run = attempt === null ? null : await getRun(driver, attempt.runId);
  return attempt === null || run === null ? null : { run, attempt };
}
