import { completeSettings, type RunSettings } from "@notemill/api";
import type { WorkflowStep } from "@notemill/schedules";

/** A step that runs something. */
export type RunStep = Exclude<WorkflowStep, { readonly type: "wait" }>;

/** How the runs of a step are carried out. */
export function stepSettings({ retry, environment, labels }: RunStep): RunSettings {
  return completeSettings({ retry, environment, labels });
}

/** The files beside its notebook that a step declares. */
export function stepFiles(step: RunStep): readonly string[] {
  return step.type === "notebook" ? (step.files ?? []) : [];
}

/** The kernel that a step asks for; null for the notebook's own. */
export function stepKernel(step: RunStep): string | null {
  return step.type === "notebook" ? (step.kernel_name ?? null) : null;
}
