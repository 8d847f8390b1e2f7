import { type Attempt, type Failure, parseWireJson, type Run } from "@notemill/api";
import { RawJson } from "@notemill/json";
import type { StoredAttempt, StoredRun } from "@notemill/store";

/** A run of the database as the API shows it. */
export function presentRun(run: StoredRun): Run {
  return {
    id: run.id,
    status: run.status,
    owner: run.owner,
    path: run.path,
    source_hash: run.sourceHash,
    kernel_name: run.kernelName,
    parameters: new RawJson(run.parameters),
    attempt: run.attempt,
    failure: presentFailure(run.failure),
    cancel_requested_at: run.cancelRequestedAt?.toISOString() ?? null,
    created_at: run.createdAt.toISOString(),
    started_at: run.startedAt?.toISOString() ?? null,
    finished_at: run.finishedAt?.toISOString() ?? null,
  };
}

/** An attempt of the database as the API shows it. */
export function presentAttempt(attempt: StoredAttempt): Attempt {
  return {
    number: attempt.number,
    status: attempt.status,
    runner_id: attempt.runnerId,
    failure: presentFailure(attempt.failure),
    created_at: attempt.createdAt.toISOString(),
    claimed_at: attempt.claimedAt?.toISOString() ?? null,
    started_at: attempt.startedAt?.toISOString() ?? null,
    finished_at: attempt.finishedAt?.toISOString() ?? null,
  };
}

function presentFailure(text: string | null): Failure | null {
  return text === null ? null : (parseWireJson(text) as Failure);
}
