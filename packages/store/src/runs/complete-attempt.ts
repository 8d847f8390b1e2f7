import { ATTEMPT_MOVES, canMove } from "@notemill/schedules";
import type { Driver } from "../driver/driver.ts";
import { type Ending, finishAttempt, type StoredFile } from "./finish-attempt.ts";
import { type HeldAttempt, heldAttempt } from "./held-attempt.ts";
import type { Holding } from "./renew-leases.ts";
import { ATTEMPT_COLUMNS, type StoredRun, toAttempts } from "./run-row.ts";
import { getRun } from "./read-runs.ts";

/** What became of a completion. */
export type Completed =
  | { readonly kind: "completed"; readonly run: StoredRun }
  /** The attempt was completed before, by the same runner: its first answer got lost. */
  | { readonly kind: "known"; readonly run: StoredRun }
  | { readonly kind: "lost" }
  /** The attempt cannot get there from where it is: it succeeds only after its events have made it run. */
  | { readonly kind: "not-possible" };

/** Ends an attempt on the word of the runner that has it. */
export async function completeAttempt(driver: Driver, holding: Holding, ending: Ending): Promise<Completed> {
  return driver.tx(async (queries): Promise<Completed> => {
    const attempt = await heldAttempt(queries, holding);
    if (attempt !== null) {
      if (!canMove(ATTEMPT_MOVES, attempt.status, ending.outcome)) return { kind: "not-possible" };
      return { kind: "completed", run: await finishAttempt(queries, attempt, ending) };
    }
    const [earlier] = toAttempts(
      await queries.query(`select ${ATTEMPT_COLUMNS} from attempt where id = $1 and fence = $2`, [
        holding.attemptId,
        holding.fence,
      ]),
    );
    const run = earlier?.status === ending.outcome ? await getRun(queries, earlier.runId) : null;
    return run === null ? { kind: "lost" } : { kind: "known", run };
  });
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
