import { getWorkflow, getWorkflowRun, type StoredWorkflow, type StoredWorkflowRun } from "@notemill/store";
import { z } from "zod";
import type { Platform } from "../platform.ts";
import { ServerError } from "../server-error.ts";
import { readRequest } from "./read-request.ts";

const ONE = z.object({ id: z.uuid() });

/** The workflow that a route names, deleted or not. @throws {@link ServerError} `WORKFLOW_NOT_FOUND`, `REQUEST_INVALID`. */
export async function findWorkflow(
  { driver }: Pick<Platform, "driver">,
  parameters: unknown,
): Promise<StoredWorkflow> {
  const { id } = readRequest(ONE, parameters, "id");
  return (await getWorkflow(driver, id)) ?? workflowNotFound(id);
}

/** One that can still be started and changed. @throws As {@link findWorkflow}. */
export async function findLiveWorkflow(
  platform: Pick<Platform, "driver">,
  parameters: unknown,
): Promise<StoredWorkflow> {
  const workflow = await findWorkflow(platform, parameters);
  return workflow.deletedAt === null ? workflow : workflowNotFound(workflow.id);
}

/** The workflow-run that a route names. @throws {@link ServerError} `WORKFLOW_RUN_NOT_FOUND`, `REQUEST_INVALID`. */
export async function findWorkflowRun(
  { driver }: Pick<Platform, "driver">,
  parameters: unknown,
): Promise<StoredWorkflowRun> {
  const { id } = readRequest(ONE, parameters, "id");
  return (await getWorkflowRun(driver, id)) ?? workflowRunNotFound(id);
}

/** Says that there is no such workflow. */
export function workflowNotFound(id: string): never {
  throw new ServerError("WORKFLOW_NOT_FOUND", `there is no workflow "${id}"`, { details: { id } });
}

/** Says that there is no such workflow-run. */
export function workflowRunNotFound(id: string): never {
  throw new ServerError("WORKFLOW_RUN_NOT_FOUND", `there is no workflow-run "${id}"`, { details: { id } });
}

/** Says that a workflow has no such version. */
export function versionNotFound({ name, newestVersion }: StoredWorkflow, version: number): never {
  throw new ServerError(
    "WORKFLOW_VERSION_NOT_FOUND",
    `workflow "${name}" has no version ${version}; its newest is ${newestVersion}`,
    { details: { version } },
  );
}
