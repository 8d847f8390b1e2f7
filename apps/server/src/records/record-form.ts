import { parseWireJson } from "@notemill/api";
import { encodeJson, isJsonObject, type JsonObject, RawJson } from "@notemill/json";
import type { RecordFacts, RecordForm, StoredEvent } from "@notemill/store";

/** Name of the file that describes a record. */
export const MANIFEST_NAME = "manifest.json";

/** Name of the output notebook in a record. */
export const OUTPUT_NAME = "output.ipynb";

/** What the names of files that an attempt left in its directory for outputs begin with. */
export const ARTIFACTS = "artifacts/";

/** How records are laid out in their store: one folder an attempt, by month. */
export const RECORD_FORM: RecordForm = {
  directory: ({ id, createdAt }, { number }) => {
    const [year, month] = createdAt.toISOString().split("-");
    return `${year}/${month}/${id}/${number}`;
  },
  manifest: (facts) => `${encodeJson(manifestOf(facts), { indent: 2 })}\n`,
  events: {
    name: "events.jsonl",
    text: (events) => events.map(eventLine).join(""),
  },
};

/** As a runner writes it. */
function eventLine({ at, kind, data }: StoredEvent): string {
  return `${encodeJson({ at: at.toISOString(), kind, data: new RawJson(data) })}\n`;
}

/** What a person finds who has only the folder. */
function manifestOf({ run, attempt, files, seq, previousSha256 }: RecordFacts): JsonObject {
  const facts = attempt.facts === null ? {} : (parseWireJson(attempt.facts) as JsonObject);
  const failure = attempt.failure === null ? null : (parseWireJson(attempt.failure) as JsonObject);
  return {
    format: "notemill.record/1",
    seq,
    previous_sha256: previousSha256,
    run: {
      id: run.id,
      owner: run.owner,
      path: run.path,
      created_at: run.createdAt.toISOString(),
      rerun_of: run.rerunOf,
      resumes: run.resumes,
      sweep_id: run.sweepId,
      workflow_run_id: run.workflowRunId,
      started_by_run: run.startedByRun,
      idempotency_key: run.idempotencyKey,
      request_sha256: run.requestSha256,
      tags: run.tags,
      priority: run.priority,
      settings: new RawJson(run.settings),
      requested_kernel: run.kernelName,
      requested_parameters: new RawJson(run.parameters),
    },
    attempt: {
      id: attempt.id,
      number: attempt.number,
      status: attempt.status,
      exit_class: attempt.exitClass,
      failure,
      created_at: attempt.createdAt.toISOString(),
      claimed_at: attempt.claimedAt?.toISOString() ?? null,
      started_at: attempt.startedAt?.toISOString() ?? null,
      finished_at: attempt.finishedAt?.toISOString() ?? null,
    },
    source: { sha256: run.sourceHash },
    parameters: facts["parameters"] ?? [],
    kernelspec: facts["kernelspec"] ?? null,
    environment: facts["environment"] ?? null,
    memory_limit: facts["memory_limit"] ?? null,
    cpu_limit: facts["cpu_limit"] ?? null,
    resources: facts["resources"] ?? null,
    resumed: facts["resumed"] ?? null,
    runner: isJsonObject(facts["runner"])
      ? { id: attempt.runnerId, ...facts["runner"] }
      : attempt.runnerId === null
        ? null
        : { id: attempt.runnerId },
    files: files.map(({ name, sha256, size }) => ({ name, sha256, size })),
  };
}
