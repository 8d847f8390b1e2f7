import type { PlatformClient } from "@notemill/client";
import type { ArgumentDefinition, OptionDefinition } from "../../command-line/command.ts";
import { UsageError } from "../../command-line/usage-error.ts";
import { idByPart } from "../../platform/id-by-part.ts";

/** The workflow that a command is about. */
export const WORKFLOW_ARGUMENT: ArgumentDefinition = {
  name: "WORKFLOW",
  help: "Name or id of the workflow.",
};

/** The workflow-run that a command is about. */
export const WORKFLOW_RUN_ARGUMENT: ArgumentDefinition = {
  name: "RUN",
  help: "Id of the workflow-run, or its beginning of at least 6 digits, or its end of at least 8.",
};

/** Why something is asked for. */
export const REASON_OPTION: OptionDefinition = {
  name: "reason",
  flags: ["--reason"],
  values: ["TEXT"],
  help: "Why, for those who wonder.",
};

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The id of a workflow that was given by its name or id. @throws {@link UsageError} where none has the name. */
export async function workflowId(client: PlatformClient, given: string): Promise<string> {
  if (UUID.test(given)) return given;
  const { workflows } = await client.listWorkflows({ name: given, limit: 1 });
  const [workflow] = workflows;
  if (workflow === undefined)
    throw new UsageError(`no workflow is named "${given}"; notemill workflows list has them all`);
  return workflow.id;
}

/** The id of a workflow-run that was given whole, or by its beginning or its end. @throws as {@link idByPart}. */
export function workflowRunId(
  client: Pick<PlatformClient, "listWorkflowRuns">,
  given: string,
): Promise<string> {
  return idByPart(given, {
    what: "workflow-run",
    listedBy: "notemill workflows runs",
    list: async (page) => (await client.listWorkflowRuns(page)).workflow_runs,
  });
}

/** The number of a version. @throws {@link UsageError} */
export function versionOf(text: string): number {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new UsageError(`"${text}" is no version; expected a number from 1`);
}
