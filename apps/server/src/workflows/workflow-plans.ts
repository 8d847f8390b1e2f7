import type { WorkflowPlan, WorkflowPlans } from "@notemill/store";
import { decodePlan } from "./plan-text.ts";
import { planTask, type TaskBounds } from "./plan-task.ts";
import { prepareStep } from "./prepare-step.ts";

/** How many plans are kept in memory. */
const KEPT = 200;

/** Reads the plans of versions, and keeps those that were used last. A version never changes. */
export function createWorkflowPlans(bounds: TaskBounds): WorkflowPlans {
  const plans = new Map<string, WorkflowPlan>();
  return {
    known(id) {
      const plan = plans.get(id);
      if (plan === undefined) return undefined;
      plans.delete(id);
      plans.set(id, plan);
      return plan;
    },
    read(id, text) {
      const plan = readPlan(text, bounds);
      plans.set(id, plan);
      for (const oldest of plans.keys()) {
        if (plans.size <= KEPT) break;
        plans.delete(oldest);
      }
      return plan;
    },
  };
}

function readPlan(text: string, bounds: TaskBounds): WorkflowPlan {
  const content = decodePlan(text);
  return {
    workflow: content.workflow,
    readsOf: (step) => content.pins.get(step)?.reads ?? [],
    prepare: (facts) => prepareStep(content, facts),
    task: (facts) => planTask(content, facts, bounds),
  };
}
