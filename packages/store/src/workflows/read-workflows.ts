import type { Queries } from "../driver/driver.ts";
import {
  type StoredWorkflow,
  type StoredWorkflowVersion,
  toVersions,
  toWorkflows,
  VERSION_COLUMNS,
  WORKFLOW_COLUMNS,
} from "./workflow-row.ts";

/** One page of the workflows that there are, newest first. */
export async function listWorkflows(
  queries: Queries,
  {
    name,
    before,
    limit,
  }: { readonly name: string | null; readonly before: string | null; readonly limit: number },
): Promise<readonly StoredWorkflow[]> {
  return toWorkflows(
    await queries.query(
      `select ${WORKFLOW_COLUMNS} from workflow where deleted_at is null and ($1::text is null or name = $1)
         and ($2::uuid is null or id < $2) order by id desc limit $3`,
      [name, before, limit],
    ),
  );
}

/** One workflow, also one that was deleted; or null. */
export async function getWorkflow(queries: Queries, id: string): Promise<StoredWorkflow | null> {
  return (
    toWorkflows(await queries.query(`select ${WORKFLOW_COLUMNS} from workflow where id = $1`, [id]))[0] ??
    null
  );
}

/** The workflow that somebody's name stands for, or null. */
export async function findWorkflow(
  queries: Queries,
  owner: string,
  name: string,
): Promise<StoredWorkflow | null> {
  const rows = await queries.query(
    `select ${WORKFLOW_COLUMNS} from workflow where owner = $1 and name = $2 and deleted_at is null`,
    [owner, name],
  );
  return toWorkflows(rows)[0] ?? null;
}

/** A version with its plan, as JSON. */
export interface PlannedVersion extends StoredWorkflowVersion {
  readonly plan: string;
}

/** One version of a workflow, or null. */
export async function getVersion(
  queries: Queries,
  workflowId: string,
  version: number,
): Promise<PlannedVersion | null> {
  const rows = await queries.query(
    `select ${VERSION_COLUMNS}, plan from workflow_version where workflow_id = $1 and version = $2`,
    [workflowId, version],
  );
  return (toVersions(rows)[0] as PlannedVersion | undefined) ?? null;
}

/** One page of the versions of a workflow, newest first. @param options.before - A version. */
export async function listVersions(
  queries: Queries,
  workflowId: string,
  { before, limit }: { readonly before: number | null; readonly limit: number },
): Promise<readonly PlannedVersion[]> {
  return toVersions(
    await queries.query(
      `select ${VERSION_COLUMNS}, plan from workflow_version where workflow_id = $1 and ($2::int is null or version < $2)
       order by version desc limit $3`,
      [workflowId, before, limit],
    ),
  ) as readonly PlannedVersion[];
}
