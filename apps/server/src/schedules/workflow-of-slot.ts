import { isTimeTrigger, slotInterval } from "@notemill/schedules";
import {
  type DueSlot,
  getVersion,
  getWorkflow,
  type NewWorkflowRun,
  type StoredTrigger,
} from "@notemill/store";
import type { Platform } from "../platform.ts";
import { ServerError } from "../server-error.ts";
import { newWorkflowRun, type StartableWorkflow } from "../workflows/start-workflow.ts";
import { slotParameters } from "./slot-parameters.ts";

/** Reads the workflow that a trigger starts, by its active version. @throws {@link ServerError} `WORKFLOW_NOT_FOUND`. */
export async function workflowOf({ driver }: Platform, trigger: StoredTrigger): Promise<StartableWorkflow> {
  const workflow = trigger.workflowId === null ? null : await getWorkflow(driver, trigger.workflowId);
  const version = workflow && (await getVersion(driver, workflow.id, workflow.activeVersion));
  if (workflow !== null && version !== null && workflow.deletedAt === null) return { workflow, version };
  throw new ServerError(
    "WORKFLOW_NOT_FOUND",
    `there is no workflow "${trigger.workflowName ?? ""}" any more`,
  );
}

/** Makes the workflow-run of a slot. @throws The coded errors of expressions and parameters. */
export function workflowOfSlot(
  platform: Platform,
  trigger: StoredTrigger,
  startable: StartableWorkflow,
  { at, body }: DueSlot,
): NewWorkflowRun {
  const { spec } = trigger;
  const slot = at.getTime();
  const run = newWorkflowRun(platform, startable, {
    parameters: slotParameters(trigger.parameters, spec, { at: slot, body }),
    occasion: { slot, interval: isTimeTrigger(spec) ? slotInterval(spec, slot) : null, body },
    asked: [trigger.id, at.toISOString(), body],
  });
  return { ...run, owner: trigger.owner, triggerId: trigger.id, startedBy: trigger.owner };
}
