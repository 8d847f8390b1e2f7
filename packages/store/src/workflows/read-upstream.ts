import type { WorkflowRunState } from "@notemill/schedules";
import type { Queries } from "../driver/driver.ts";
import type { HeldWorkflowRun } from "./held-workflow-run.ts";
import type { UpstreamStep, UpstreamTask } from "./workflow-plan.ts";

/** The most characters of scraps that are read for one step. */
const MAX_SCRAPS = 16 * 2 ** 20;

/**
 * The steps that a step depends on, directly or through others, with the scraps of
 * those that its expressions name.
 *
 * @returns Null where those are more than an expression can take.
 */
export async function readUpstream(
  queries: Queries,
  { row, plan }: HeldWorkflowRun,
  state: WorkflowRunState,
  step: string,
): Promise<ReadonlyMap<string, UpstreamStep> | null> {
  const reads = plan.readsOf(step);
  const tasks = reads.length === 0 ? new Map() : await readTasks(queries, row.id, reads);
  if (tasks === null) return null;
  const found = new Map<string, UpstreamStep>();
  for (const key of dependenciesOf(plan.workflow.steps, step)) {
    const { status = "waiting", tasks: statuses = [] } = state.steps[key] ?? {};
    const known: ReadonlyMap<number, UpstreamTask> = tasks.get(key) ?? new Map();
    found.set(key, {
      status,
      tasks: reads.includes(key)
        ? statuses.map((it, task) => ({ ...NOTHING, ...known.get(task), status: it }))
        : [],
    });
  }
  return found;
}

const NOTHING = { runId: null, item: null, scraps: null, leftOut: [] };

async function readTasks(
  queries: Queries,
  id: string,
  steps: readonly string[],
): Promise<Map<string, Map<number, Omit<UpstreamTask, "status">>> | null> {
  const [size] = await queries.query(
    `select coalesce(sum(length(attempt.scraps)), 0)::float8 as size from workflow_task
     join run on run.id = workflow_task.run_id join attempt on attempt.run_id = run.id and attempt.number = run.attempt
     where workflow_task.workflow_run_id = $1 and step = any($2)`,
    [id, steps],
  );
  if (Number(size?.["size"]) > MAX_SCRAPS) return null;
  // A task that was kept in a restart has its run in an earlier sequence.
  const rows = await queries.query(
    `select distinct on (step, task) step, task, workflow_task.run_id as "runId", attempt.scraps,
       coalesce(attempt.scraps_left_out, '{}') as "leftOut" from workflow_task
     left join run on run.id = workflow_task.run_id left join attempt on attempt.run_id = run.id and attempt.number = run.attempt
     where workflow_task.workflow_run_id = $1 and step = any($2) order by step, task, sequence desc`,
    [id, steps],
  );
  const items = await readItems(queries, id, steps);
  const found = new Map<string, Map<number, Omit<UpstreamTask, "status">>>();
  for (const row of rows) {
    const step = String(row["step"]);
    const task = Number(row["task"]);
    const tasks = found.get(step) ?? new Map<number, Omit<UpstreamTask, "status">>();
    tasks.set(task, {
      runId: row["runId"] as string | null,
      item: items.get(step)?.[task] ?? null,
      scraps: row["scraps"] as string | null,
      leftOut: row["leftOut"] as readonly string[],
    });
    found.set(step, tasks);
  }
  return found;
}

/** The items of steps with a foreach, each as JSON. */
export async function readItems(
  queries: Queries,
  id: string,
  steps: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const rows = await queries.query(
    "select step, items from workflow_step where workflow_run_id = $1 and step = any($2) and items is not null",
    [id, steps],
  );
  return new Map(rows.map(({ step, items }) => [String(step), JSON.parse(String(items)) as string[]]));
}

/** The keys of the steps that a step depends on, directly or through others. */
function dependenciesOf(
  steps: readonly { readonly key: string; readonly depends_on: readonly string[] }[],
  step: string,
): ReadonlySet<string> {
  const byKey = new Map(steps.map((it) => [it.key, it.depends_on]));
  const found = new Set<string>();
  const open = [...(byKey.get(step) ?? [])];
  for (let key = open.pop(); key !== undefined; key = open.pop()) {
    if (found.has(key)) continue;
    found.add(key);
    open.push(...(byKey.get(key) ?? []));
  }
  return found;
}
