import type { Workflow, WorkflowVersion } from "@notemill/api";
import { RawJson } from "@notemill/json";
import type { PlannedVersion, StoredWorkflow } from "@notemill/store";
import { decodePlan } from "./plan-text.ts";

/** A workflow of the database as the API shows it. */
export function presentWorkflow(workflow: StoredWorkflow): Workflow {
  return {
    id: workflow.id,
    owner: workflow.owner,
    name: workflow.name,
    active_version: workflow.activeVersion,
    newest_version: workflow.newestVersion,
    created_at: workflow.createdAt.toISOString(),
    updated_at: workflow.updatedAt.toISOString(),
    deleted_at: workflow.deletedAt?.toISOString() ?? null,
  };
}

/** A version with what its steps run. */
export function presentVersion(version: PlannedVersion): WorkflowVersion {
  return {
    workflow_id: version.workflowId,
    version: version.version,
    definition: new RawJson(version.definition),
    sha256: version.sha256,
    created_by: version.createdBy,
    created_at: version.createdAt.toISOString(),
    steps: [...decodePlan(version.plan).pins].flatMap(([key, { notebook }]) =>
      notebook === null ? [] : [{ key, path: notebook.path, source_hash: notebook.sourceHash }],
    ),
  };
}
