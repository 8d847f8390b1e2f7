import { restart, type RestartFrom } from "@notemill/schedules";
import type { Driver } from "../driver/driver.ts";
import { type Drive, driveWorkflowRun } from "./drive-workflow-run.ts";
import { type Advancing, type HeldWorkflowRun, holdWorkflowRun } from "./held-workflow-run.ts";
import { workflowEvent } from "./workflow-events.ts";
import type { StoredWorkflowRun } from "./workflow-row.ts";

/** Who asks for a change of a workflow-run, when, and why. */
export interface Asked extends Advancing {
  readonly by: string;
  readonly reason: string | null;
  readonly now: Date;
}

/**
 * Asks for the end of a workflow-run: nothing more starts, waits end, and its runs
 * are marked, see `runsToCancel`. It is over when they are. One that is over stays as it is.
 *
 * @returns Null where there is none.
 */
export async function cancelWorkflowRun(
  driver: Driver,
  id: string,
  asked: Asked,
): Promise<StoredWorkflowRun | null> {
  return change(driver, id, asked, ({ row, state }) => {
    if (isOver(state) || row.cancelRequestedAt !== null) return null;
    const { by, reason, now } = asked;
    return {
      columns: { cancel_requested_at: now, cancel_requested_by: by },
      drive: {
        events: [{ type: "cancel-requested" }],
        told: [workflowEvent("workflow-run-cancel-requested", now, { by, reason })],
      },
    };
  });
}

/**
 * Lets nothing more start until {@link resumeWorkflowRun}. What runs goes on, and so do
 * the limits of time. One that is over or paused stays as it is.
 */
export async function pauseWorkflowRun(
  driver: Driver,
  id: string,
  asked: Asked,
): Promise<StoredWorkflowRun | null> {
  return change(driver, id, asked, ({ row, state }) => {
    if (isOver(state) || row.pausedAt !== null) return null;
    const { by, reason, now } = asked;
    return {
      columns: { paused_at: now, paused_by: by, paused_reason: reason },
      drive: { told: [workflowEvent("workflow-run-paused", now, { by, reason })] },
    };
  });
}

/** Lets a paused workflow-run go on, with all that would have started meanwhile. */
export async function resumeWorkflowRun(
  driver: Driver,
  id: string,
  asked: Asked,
): Promise<StoredWorkflowRun | null> {
  return change(driver, id, asked, ({ row }) => {
    if (row.pausedAt === null) return null;
    const { by, reason, now } = asked;
    return {
      columns: { paused_at: null, paused_by: null, paused_reason: null },
      drive: { takesUp: true, told: [workflowEvent("workflow-run-resumed", now, { by, reason })] },
    };
  });
}

/**
 * Begins the next sequence of a workflow-run that is over, of the version that it was
 * made from. One that is not over stays as it is.
 *
 * @throws What `restart` of `@notemill/schedules` throws for a step that is not there.
 */
export async function restartWorkflowRun(
  driver: Driver,
  id: string,
  from: RestartFrom,
  asked: Asked,
): Promise<StoredWorkflowRun | null> {
  return change(driver, id, asked, ({ state, plan }) => {
    if (!isOver(state)) return null;
    const { by, reason, now } = asked;
    const { timeout_ms: timeoutMs } = plan.workflow;
    return {
      columns: {
        cancel_requested_at: null,
        cancel_requested_by: null,
        paused_at: null,
        paused_by: null,
        paused_reason: null,
      },
      drive: {
        from: restart(plan.workflow, state, from),
        told: [workflowEvent("workflow-run-restarted", now, { by, reason, from })],
        deadline: timeoutMs === undefined ? null : new Date(now.getTime() + timeoutMs),
      },
    };
  });
}

interface Change {
  readonly columns: Readonly<Record<string, Date | string | null>>;
  readonly drive: Omit<Drive, keyof Advancing | "now">;
}

async function change(
  driver: Driver,
  id: string,
  asked: Asked,
  decide: (held: HeldWorkflowRun) => Change | null,
): Promise<StoredWorkflowRun | null> {
  return driver.tx(async (queries) => {
    const held = await holdWorkflowRun(queries, id, asked.plans);
    if (held === null) return null;
    const decided = decide(held);
    if (decided === null) return held.row;
    const names = Object.keys(decided.columns);
    await queries.query(
      `update workflow_run set ${names.map((name, index) => `${name} = $${index + 2}`).join(", ")} where id = $1`,
      [id, ...Object.values(decided.columns)],
    );
    // As it is from now on: one that was resumed starts things again.
    const changed = await holdWorkflowRun(queries, id, asked.plans);
    return changed === null
      ? null
      : driveWorkflowRun(queries, changed, {
          plans: asked.plans,
          newId: asked.newId,
          now: asked.now,
          ...decided.drive,
        });
  });
}

function isOver({ status }: { readonly status: string }): boolean {
  return status !== "queued" && status !== "running";
}
