import { type ErrorClass, nextAttempt, type RunSettings } from "@notemill/schedules";
import type { Queries } from "../driver/driver.ts";
import type { Ending } from "./ending.ts";
import { RUN_COLUMNS, type StoredRun, toRuns } from "./run-row.ts";
import { queueAttempts } from "./submit-run.ts";

/** Makes the next attempt of a run, and gives the run as it is then. */
export async function retryRun(
  queries: Queries,
  run: StoredRun,
  ending: Ending & { readonly settings: RunSettings; readonly notBefore: Date },
): Promise<StoredRun> {
  const { now, nextAttemptId, settings, notBefore } = ending;
  const number = run.attempt + 1;
  const rows = await queries.query(
    `update run set status = 'queued', attempt = $2, not_before = $3, event_seq = event_seq + 1 where id = $1
     returning ${RUN_COLUMNS}, event_seq as "eventSeq"`,
    [run.id, number, notBefore],
  );
  const { priority } = run;
  const seq = Number(rows[0]?.["eventSeq"]);
  const next = { attemptId: nextAttemptId, runId: run.id, number, seq, priority, settings, notBefore, now };
  await queueAttempts(queries, [next]);
  return toRuns(rows.map(({ eventSeq: _seq, ...row }) => row))[0] ?? run;
}

/** When the next attempt of a run may begin, whose last one has been written; null where there is none. */
export async function retryTime(
  queries: Queries,
  { id }: StoredRun,
  { settings, now }: { readonly settings: RunSettings; readonly now: Date },
): Promise<Date | null> {
  const rows = await queries.query(
    `select exit_class as "errorClass", failure from attempt
     where run_id = $1 and exit_class is not null order by number`,
    [id],
  );
  const failures = rows.map(({ errorClass, failure }) => ({
    errorClass: errorClass as ErrorClass,
    names: namesOf(failure as string | null),
  }));
  if (failures.length === 0) return null;
  const next = nextAttempt(settings.retry, id, failures, now.getTime());
  return next.kind === "retry" ? new Date(next.notBefore) : null;
}

/** The code of a failure and the name of its exception. */
export function namesOf(failure: string | null): readonly string[] {
  if (failure === null) return [];
  const { code, ename } = JSON.parse(failure) as { readonly code?: unknown; readonly ename?: unknown };
  return [code, ename].filter((it) => typeof it === "string");
}
