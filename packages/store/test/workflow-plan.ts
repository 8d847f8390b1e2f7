import type { Workflow } from "@notemill/schedules";
import type { TaskFacts, WorkflowPlan } from "../src/index.ts";
import { SETTINGS } from "./core.ts";

/** A plan whose expressions are words: `no` declines, `3` is three items, `bad` cannot be worked out. */
export function planOf(workflow: Workflow, seen: TaskFacts[]): WorkflowPlan {
  const problem = { code: "EXPRESSION_FAILED", message: "it is bad", field: "condition" };
  const step = (key: string): Workflow["steps"][number] | undefined =>
    workflow.steps.find((it) => it.key === key);
  return {
    workflow,
    readsOf: (key) => step(key)?.depends_on ?? [],
    prepare({ step: key }) {
      const { condition, foreach } = step(key) ?? {};
      if (condition === "no") return { kind: "declined" };
      if (condition === "bad") return { kind: "failed", problem };
      const count = Number(foreach?.cel ?? 0);
      return {
        kind: "prepared",
        items: foreach === undefined ? null : Array.from({ length: count }, (_, it) => `${it}`),
      };
    },
    task(facts) {
      seen.push(facts);
      const found = step(facts.step);
      if (found?.type === "wait") {
        return { kind: "wait", until: new Date(facts.now.getTime() + (found.duration_ms ?? 0)) };
      }
      const path = found?.type === "notebook" ? found.path : "";
      if (path === "bad") return { kind: "failed", problem: { ...problem, field: "parameters.x" } };
      const run = {
        path,
        sourceHash: "s1",
        kernelName: null,
        parameters: facts.item ?? "{}",
        settings: SETTINGS,
        priority: 0,
        tags: [],
      };
      return { kind: "run", run };
    },
  };
}
