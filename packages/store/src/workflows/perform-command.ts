import {
  MAX_ITERATIONS,
  type WorkflowRunCommand,
  type WorkflowRunEvent,
  type WorkflowRunState,
} from "@notemill/schedules";
import type { Queries } from "../driver/driver.ts";
import { submitRunIn } from "../runs/submit-run.ts";
import type { Advancing, HeldWorkflowRun } from "./held-workflow-run.ts";
import { readItems, readUpstream } from "./read-upstream.ts";
import type { PlannedRun, StepProblem, UpstreamStep } from "./workflow-plan.ts";

/** The most tasks that one transaction starts; the others are started by the next look. */
const MAX_STARTS = 50;

/** Does what a workflow-run's machine says. */
export interface Performer {
  /** Does one thing. @returns What came of it, where that is known at once. */
  perform(command: WorkflowRunCommand, state: WorkflowRunState): Promise<WorkflowRunEvent | null>;
  /** What was not done when it was said. */
  putOff(state: WorkflowRunState): Promise<readonly WorkflowRunCommand[]>;
  /** Whether something has to wait for the next look. */
  hasPutOff(): boolean;
}

/** The {@link Performer} of one transaction. */
export function performer(
  queries: Queries,
  held: HeldWorkflowRun,
  { newId, now }: Advancing & { readonly now: Date },
  sequence: number,
): Performer {
  const { row, plan } = held;
  const isPaused = row.pausedAt !== null;
  const upstreams = new Map<string, ReadonlyMap<string, UpstreamStep> | null>();
  const items = new Map<string, readonly string[] | null>();
  let starts = 0;
  let isLate = false;

  const factsOf = async (step: string, state: WorkflowRunState) => {
    if (!upstreams.has(step)) upstreams.set(step, await readUpstream(queries, held, state, step));
    const upstream = upstreams.get(step) ?? null;
    return upstream === null ? null : { run: { ...row, sequence }, step, upstream, now };
  };
  const itemsOf = async (step: string): Promise<readonly string[] | null> => {
    const known = items.get(step);
    if (known !== undefined) return known;
    const isForeach = plan.workflow.steps.some(({ key, foreach }) => key === step && foreach !== undefined);
    const found = isForeach ? ((await readItems(queries, row.id, [step])).get(step) ?? null) : null;
    items.set(step, found);
    return found;
  };
  const noteTask = (step: string, task: number, more: TaskFields): Promise<unknown> =>
    queries.query(
      `insert into workflow_task (workflow_run_id, sequence, step, task, run_id, wait_until, problem, is_over)
       values ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [
        row.id,
        sequence,
        step,
        task,
        more.runId ?? null,
        more.waitUntil ?? null,
        more.problem === undefined ? null : JSON.stringify(more.problem),
        more.problem !== undefined,
      ],
    );

  async function prepareStep(step: string, state: WorkflowRunState): Promise<WorkflowRunEvent | null> {
    if (state.steps[step]?.status !== "preparing" || isPaused) return null;
    const facts = await factsOf(step, state);
    const prepared = facts === null ? { kind: "failed" as const, problem: TOO_LARGE } : plan.prepare(facts);
    if (prepared.kind === "declined") return { type: "step-declined", step };
    if (prepared.kind === "failed") {
      await noteStep(queries, row.id, step, { items: null, problem: prepared.problem });
      return { type: "preparation-failed", step };
    }
    const count = prepared.items?.length ?? 1;
    if (count <= MAX_ITERATIONS) {
      items.set(step, prepared.items);
      await noteStep(queries, row.id, step, { items: prepared.items, problem: null });
    }
    return { type: "step-prepared", step, count };
  }

  async function startTask(
    step: string,
    task: number,
    state: WorkflowRunState,
  ): Promise<WorkflowRunEvent | null> {
    if (state.steps[step]?.tasks[task] !== "ready" || isPaused) return null;
    if (starts >= MAX_STARTS) {
      isLate = true;
      return null;
    }
    starts += 1;
    const facts = await factsOf(step, state);
    const item = (await itemsOf(step))?.[task] ?? null;
    const planned =
      facts === null ? { kind: "failed" as const, problem: TOO_LARGE } : plan.task({ ...facts, task, item });
    switch (planned.kind) {
      case "failed":
        await noteTask(step, task, { problem: planned.problem });
        return { type: "task-finished", step, task, outcome: "failed" };
      case "wait":
        await noteTask(step, task, { waitUntil: planned.until });
        return { type: "task-started", step, task };
      case "run": {
        const runId = await startRun(planned.run);
        await noteTask(step, task, { runId });
        return null;
      }
    }
  }

  async function startRun(run: PlannedRun): Promise<string> {
    const id = newId();
    await submitRunIn(queries, {
      ...run,
      id,
      attemptId: newId(),
      owner: row.owner,
      idempotencyKey: null,
      requestSha256: "",
      rerunOf: null,
      workflowRunId: row.id,
      now,
    });
    return id;
  }

  async function cancelTask(step: string, task: number): Promise<WorkflowRunEvent | null> {
    const [found] = await queries.query(
      `update workflow_task set cancel_requested_at = coalesce(cancel_requested_at, $5), is_over = run_id is null
       where workflow_run_id = $1 and sequence = $2 and step = $3 and task = $4 and not is_over returning run_id`,
      [row.id, sequence, step, task, now],
    );
    // Its run is cancelled by whoever looks next: a run is locked before its workflow-run, never after.
    if (typeof found?.["run_id"] === "string") return null;
    return { type: "task-finished", step, task, outcome: "cancelled" };
  }

  return {
    async perform(command, state) {
      switch (command.type) {
        case "prepare-step":
          return prepareStep(command.step, state);
        case "start-task":
          return startTask(command.step, command.task, state);
        case "cancel-task":
          return cancelTask(command.step, command.task);
        case "finish-run":
          return null;
      }
    },
    async putOff(state) {
      const rows = await queries.query(
        "select step, task from workflow_task where workflow_run_id = $1 and sequence = $2",
        [row.id, sequence],
      );
      const known = new Set(rows.map(({ step, task }) => `${String(step)} ${Number(task)}`));
      return Object.entries(state.steps).flatMap(([step, { status, tasks }]): WorkflowRunCommand[] => {
        if (status === "preparing") return [{ type: "prepare-step", step }];
        return tasks.flatMap((it, task) =>
          it === "ready" && !known.has(`${step} ${task}`) ? [{ type: "start-task", step, task }] : [],
        );
      });
    },
    hasPutOff: () => isLate,
  };
}

/** What is known of a task beside its place. */
interface TaskFields {
  readonly runId?: string;
  readonly waitUntil?: Date;
  readonly problem?: StepProblem;
}

const TOO_LARGE: StepProblem = {
  code: "UPSTREAM_SCRAPS_TOO_LARGE",
  message: "what the steps before recorded is more than 16 MiB; record less, or hand over a path",
  field: "",
};

/** Notes what came of the preparation of a step. */
async function noteStep(
  queries: Queries,
  id: string,
  step: string,
  { items, problem }: { readonly items: readonly string[] | null; readonly problem: StepProblem | null },
): Promise<void> {
  await queries.query(
    `insert into workflow_step (workflow_run_id, step, items, problem) values ($1, $2, $3, $4)
     on conflict (workflow_run_id, step) do update set items = excluded.items, problem = excluded.problem`,
    [
      id,
      step,
      items === null ? null : JSON.stringify(items),
      problem === null ? null : JSON.stringify(problem),
    ],
  );
}
