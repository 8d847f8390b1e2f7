import type { Driver } from "../driver/driver.ts";
import {
  type StoredWorkflow,
  type StoredWorkflowVersion,
  toVersions,
  toWorkflows,
  VERSION_COLUMNS,
  WORKFLOW_COLUMNS,
} from "./workflow-row.ts";

/** A definition that is to be the active version of a workflow. */
export interface AppliedWorkflow {
  /** Id of the workflow, where it is new. A UUID of version 7. */
  readonly id: string;
  readonly owner: string;
  readonly name: string;
  /** As it was given, as JSON. */
  readonly definition: string;
  /** What carries it out, as JSON. */
  readonly plan: string;
  readonly sha256: string;
  readonly by: string;
  readonly now: Date;
}

/** What {@link applyWorkflow} did. */
export interface WorkflowApplied {
  readonly kind: "created" | "changed" | "unchanged";
  readonly workflow: StoredWorkflow;
  readonly version: StoredWorkflowVersion;
}

/**
 * Makes a definition the active version of the workflow of its name, which is made where
 * there is none. What the active version already is makes no other one.
 */
export async function applyWorkflow(driver: Driver, applied: AppliedWorkflow): Promise<WorkflowApplied> {
  for (;;) {
    const done = await tryApply(driver, applied);
    // Somebody has deleted the workflow of this name at the same moment: now it is a new one.
    if (done !== null) return done;
  }
}

async function tryApply(driver: Driver, applied: AppliedWorkflow): Promise<WorkflowApplied | null> {
  const { owner, name, definition, plan, sha256, by, now } = applied;
  return driver.tx(async (queries) => {
    const inserted = await queries.query(
      `insert into workflow (id, owner, name, active_version, newest_version, created_at, updated_at)
       values ($1, $2, $3, 0, 0, $4, $4) on conflict (owner, name) where deleted_at is null do nothing returning id`,
      [applied.id, owner, name, now],
    );
    const [before] = toWorkflows(
      await queries.query(
        `select ${WORKFLOW_COLUMNS} from workflow where owner = $1 and name = $2 and deleted_at is null for update`,
        [owner, name],
      ),
    );
    if (before === undefined) return null;
    const [active] = toVersions(
      await queries.query(
        `select ${VERSION_COLUMNS} from workflow_version where workflow_id = $1 and version = $2`,
        [before.id, before.activeVersion],
      ),
    );
    if (active?.sha256 === sha256) return { kind: "unchanged", workflow: before, version: active };
    const number = before.newestVersion + 1;
    const versions = toVersions(
      await queries.query(
        `insert into workflow_version (workflow_id, version, definition, plan, sha256, created_by, created_at)
         values ($1, $2, $3, $4, $5, $6, $7) returning ${VERSION_COLUMNS}`,
        [before.id, number, definition, plan, sha256, by, now],
      ),
    );
    const [workflow] = toWorkflows(
      await queries.query(
        `update workflow set active_version = $2, newest_version = $2, updated_at = $3 where id = $1
         returning ${WORKFLOW_COLUMNS}`,
        [before.id, number, now],
      ),
    );
    const [version] = versions;
    if (workflow === undefined || version === undefined) throw new Error(`the workflow "${name}" went away`);
    return { kind: inserted.length > 0 ? "created" : "changed", workflow, version };
  });
}

/** Makes another version the active one: a rollback. @returns Null where there is no such version. */
export async function activateVersion(
  driver: Driver,
  id: string,
  version: number,
  now: Date,
): Promise<StoredWorkflow | null> {
  const rows = await driver.query(
    `update workflow set active_version = $2, updated_at = $3 where id = $1 and deleted_at is null
       and exists (select from workflow_version where workflow_id = $1 and version = $2)
     returning ${WORKFLOW_COLUMNS}`,
    [id, version, now],
  );
  return toWorkflows(rows)[0] ?? null;
}

/** Ends a workflow: nothing starts it any more. Its versions and runs stay, and what runs goes on. @returns Whether there was one. */
export async function deleteWorkflow(driver: Driver, id: string, now: Date): Promise<boolean> {
  const rows = await driver.query(
    "update workflow set deleted_at = $2 where id = $1 and deleted_at is null returning id",
    [id, now],
  );
  return rows.length > 0;
}
