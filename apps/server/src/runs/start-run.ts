import { createHash } from "node:crypto";
import type { RunSettings } from "@notemill/api";
import {
  type DeliveryRule,
  type NewRun,
  type StoredRun,
  type Submitted,
  type TokenHolder,
} from "@notemill/store";
import type { Platform } from "../platform.ts";
import { checkSecrets, secretNames } from "../secrets/use-secrets.ts";
import { ServerError } from "../server-error.ts";

/** A run whose parts have been checked. */
export interface CheckedRun {
  readonly path: string;
  readonly sourceHash: string;
  readonly kernelName: string | null;
  /** JSON. */
  readonly parameters: string;
  readonly settings: RunSettings;
  readonly priority: number;
  readonly tags: readonly string[];
  readonly rerunOf: string | null;
  /** Who is told what of it. Default: nobody. */
  readonly rules?: readonly DeliveryRule[];
  /** The attempt in whose kernel it goes on. Default: none. */
  readonly resumes?: { readonly attemptId: string; readonly runnerId: string };
}

/** With which key a run is asked for, and what for, to notice a key that comes back with something else. */
export interface RunKey {
  readonly idempotencyKey: string | null;
  readonly request: unknown;
  /** The run whose notebook asks. Default: none. */
  readonly startedBy?: TokenHolder | null;
  /** The span in which it is asked for. Default: none. */
  readonly traceparent?: string | null | undefined;
}

/** How many runs may be started by notebooks one below the other. */
const MAX_DEPTH = 8;

/**
 * Queues a run.
 *
 * @throws {@link ServerError} `IDEMPOTENCY_KEY_REUSED`, `SECRET_NOT_FOUND`, `SECRET_NOT_GRANTED`.
 */
export async function startRun(platform: Platform, run: CheckedRun, key: RunKey): Promise<StoredRun> {
  await checkSecrets(platform, secretNames(run.parameters), run.path);
  return startedRun(await platform.batches.submit(newRun(platform, run, key)), key);
}

/** A run that was checked, with all that the database wants to know. */
export function newRun(
  { newId, now, user }: Platform,
  run: CheckedRun,
  { idempotencyKey, request, startedBy = null, traceparent = null }: RunKey,
): NewRun {
  const depth = startedBy === null ? 0 : startedBy.depth + 1;
  if (depth > MAX_DEPTH) {
    throw new ServerError(
      "RUN_NESTED_TOO_DEEP",
      `notebooks start each other at most ${MAX_DEPTH} times; a notebook that starts itself has to end somewhere`,
    );
  }
  return {
    ...run,
    // Not a part of what was asked: who asks once more for the same is in another span.
    ...(traceparent === null ? {} : { settings: { ...run.settings, traceparent } }),
    id: newId(),
    attemptId: newId(),
    owner: user,
    idempotencyKey,
    startedBy: startedBy === null ? null : { runId: startedBy.runId, depth },
    requestSha256: createHash("sha256").update(JSON.stringify(request)).digest("hex"),
    now: now(),
  };
}

/** The run that a submission came to. @throws {@link ServerError} `IDEMPOTENCY_KEY_REUSED`. */
export function startedRun(submitted: Submitted, { idempotencyKey }: RunKey): StoredRun {
  if (submitted.kind !== "key-reused") return submitted.run;
  throw new ServerError(
    "IDEMPOTENCY_KEY_REUSED",
    `the key "${idempotencyKey}" has started run ${submitted.run.id}, of something else; use a new key for a new run`,
    { details: { run_id: submitted.run.id } },
  );
}
