import {
  type Attempt,
  type AttemptFacts,
  type Failure,
  type ListedRun,
  parseWireJson,
  type Run,
  type RunDetail,
  type RunSettings,
  type StartedRun,
} from "@notemill/api";
import { encodeJson, isJsonObject, JsonNumber, parseJson, RawJson } from "@notemill/json";
import type { ListedRun as StoredListedRun, StoredAttempt, StoredRun, TriggerOfRun } from "@notemill/store";
import type { AskedRun } from "./submit-notebook.ts";

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
    ...readSettings(run),
    priority: run.priority,
    tags: [...run.tags],
    rerun_of: run.rerunOf,
    workflow_run_id: run.workflowRunId,
    resumes: run.resumes,
    is_sweep: run.isSweep,
    sweep_id: run.sweepId,
    started_by_run: run.startedByRun,
    attempt: run.attempt,
    not_before: run.notBefore?.toISOString() ?? null,
    failure: presentFailure(run.failure),
    cancel_requested_at: run.cancelRequestedAt?.toISOString() ?? null,
    created_at: run.createdAt.toISOString(),
    started_at: run.startedAt?.toISOString() ?? null,
    finished_at: run.finishedAt?.toISOString() ?? null,
  };
}

/** A run of a list, as the API shows it. */
export function presentListedRun({ children, ...run }: StoredListedRun): ListedRun {
  return { ...presentRun(run), children };
}

/** A run that was just asked for, as the API shows it. */
export function presentStartedRun({ run, warnings }: AskedRun): StartedRun {
  return { ...presentRun(run), warnings: [...warnings] };
}

/** How a run is carried out. */
export function readSettings({ settings }: Pick<StoredRun, "settings">): RunSettings {
  return JSON.parse(settings) as RunSettings;
}

/** An attempt of the database as the API shows it. */
export function presentAttempt(attempt: StoredAttempt): Attempt {
  const facts = attempt.facts === null ? null : (parseWireJson(attempt.facts) as AttemptFacts);
  return {
    id: attempt.id,
    number: attempt.number,
    status: attempt.status,
    exit_class: attempt.exitClass,
    runner_id: attempt.runnerId,
    environment: facts?.environment ?? null,
    resources: facts?.resources ?? null,
    kernel_until: attempt.kernelUntil?.toISOString() ?? null,
    failure: presentFailure(attempt.failure),
    created_at: attempt.createdAt.toISOString(),
    claimed_at: attempt.claimedAt?.toISOString() ?? null,
    started_at: attempt.startedAt?.toISOString() ?? null,
    finished_at: attempt.finishedAt?.toISOString() ?? null,
  };
}

/** The numbers among what an attempt recorded. */
export function presentMetrics(scraps: string | null): RawJson {
  const value = scraps === null ? {} : parseJson(scraps);
  const numbers = Object.entries(isJsonObject(value) ? value : {}).filter(
    ([, it]) => typeof it === "number" || it instanceof JsonNumber,
  );
  return new RawJson(encodeJson(Object.fromEntries(numbers)));
}

/** Where a run comes from, as the API shows it. */
export function presentTrigger({ id, name, slot, isPromoted }: TriggerOfRun): RunDetail["schedule"] {
  return { id, name, slot: slot.toISOString(), follows: isPromoted ? "promoted" : "workspace" };
}

/** What a run has warned of, as the API shows it. */
export function presentWarnings(texts: readonly string[]): RunDetail["warnings"] {
  return texts.map((text) => {
    // A runner says what it likes.
    const { code, message } = Object(parseWireJson(text)) as Readonly<Record<string, unknown>>;
    return { code: String(code ?? ""), message: String(message ?? "") };
  });
}

/** A failure of the database as the API shows it. */
export function presentFailure(text: string | null): Failure | null {
  return text === null ? null : (parseWireJson(text) as Failure);
}
