import { createHash } from "node:crypto";
import type { startWorkflowSchema } from "@notemill/api";
import {
  getVersion,
  type NewWorkflowRun,
  type PlannedVersion,
  startWorkflowRun,
  type StoredWorkflow,
  type StoredWorkflowRun,
} from "@notemill/store";
import type { z } from "zod";
import { versionNotFound } from "../http/find-workflow.ts";
import { workflowRunRulesOf } from "../deliveries/rule-form.ts";
import type { Platform } from "../platform.ts";
import { ServerError } from "../server-error.ts";
import { workflowParameters } from "./define-workflow.ts";
import { decodePlan } from "./plan-text.ts";
import { encodeOccasion, type Occasion } from "./step-scope.ts";

/**
 * Starts a workflow-run on somebody's word.
 *
 * @throws {@link ServerError} `WORKFLOW_VERSION_NOT_FOUND`, `PARAMETERS_INVALID`, `PARAMETERS_TOO_LARGE`, `IDEMPOTENCY_KEY_REUSED`.
 */
export async function startWorkflow(
  platform: Platform,
  workflow: StoredWorkflow,
  request: z.output<typeof startWorkflowSchema>,
  idempotencyKey: string | null,
): Promise<StoredWorkflowRun> {
  const { parameters, slot, body, version: number = workflow.activeVersion, reason = null } = request;
  const rules = workflowRunRulesOf(request.deliveries ?? [], platform);
  const version =
    (await getVersion(platform.driver, workflow.id, number)) ?? versionNotFound(workflow, number);
  const run = newWorkflowRun(
    platform,
    { workflow, version },
    {
      parameters: parameters?.text,
      occasion: {
        slot: slot === undefined ? null : Date.parse(slot),
        interval: null,
        body: body?.text ?? null,
      },
      asked: [
        parameters?.text ?? null,
        slot ?? null,
        body?.text ?? null,
        request.version ?? null,
        ...(request.deliveries === undefined ? [] : [request.deliveries]),
      ],
    },
  );
  const started = await startWorkflowRun(
    platform.driver,
    { ...run, reason, idempotencyKey, rules },
    platform.advancing,
  );
  if (started.kind !== "key-reused") return started.run;
  throw new ServerError(
    "IDEMPOTENCY_KEY_REUSED",
    `the key "${idempotencyKey}" has started workflow-run ${started.run.id}, of something else; use a new key for a new one`,
    { details: { workflow_run_id: started.run.id } },
  );
}

/** A workflow, and which version of it is started. */
export interface StartableWorkflow {
  readonly workflow: StoredWorkflow;
  readonly version: PlannedVersion;
}

/** Makes a workflow-run that is ready to be started. @throws {@link ServerError} `PARAMETERS_INVALID`, `PARAMETERS_TOO_LARGE`. */
export function newWorkflowRun(
  platform: Platform,
  { workflow, version }: StartableWorkflow,
  start: {
    /** JSON; values in place of the workflow's own. */
    readonly parameters: string | undefined;
    readonly occasion: Occasion;
    /** What a start with the same key has to have in common. */
    readonly asked: readonly unknown[];
  },
): NewWorkflowRun {
  const { newId, now, user } = platform;
  return {
    id: newId(),
    workflowId: workflow.id,
    version: version.version,
    owner: workflow.owner,
    parameters: workflowParameters(decodePlan(version.plan).workflow, start.parameters, platform),
    occasion: encodeOccasion(start.occasion),
    idempotencyKey: null,
    requestSha256: createHash("sha256")
      .update(JSON.stringify([workflow.id, ...start.asked]))
      .digest("hex"),
    triggerId: null,
    startedBy: user,
    reason: null,
    now: now(),
  };
}
