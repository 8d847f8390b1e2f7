import type { ParameterWarning } from "@notemill/api";
import { namesSlot, parseExpression } from "@notemill/expressions";
import { expressionsOf, type SlotInterval, type TimeTrigger } from "@notemill/schedules";
import type { NewBackfill, StoredTrigger } from "@notemill/store";
import type { Platform } from "../platform.ts";
import { checkParameterSize } from "../runs/parameter-size.ts";
import { checkSets } from "../schedules/prepare-notebook.ts";
import { runsNotebook, sourceOf } from "../schedules/run-of-slot.ts";
import { workflowOf } from "../schedules/workflow-of-slot.ts";
import { pointsOfSweep, setsOfPoints } from "../sweeps/scheduled-sweep.ts";
import { workflowParameters } from "../workflows/define-workflow.ts";
import { decodePlan } from "../workflows/plan-text.ts";
import { encodeOccasion } from "../workflows/step-scope.ts";

/** What all runs of a backfill are of. */
export interface BackfillTarget {
  readonly of: Pick<NewBackfill, "path" | "sourceHash" | "workflowId" | "workflowVersion">;
  /** What follows the slot beside the schedule's parameters. */
  readonly followsSlot: readonly string[];
  /** How many runs the sweep of a slot has; null where a slot is no sweep. */
  readonly sets: number | null;
  /** Checks the parameters of a slot; of a sweep all sets of the first one, and one of each that follows. @throws The coded errors of parameters. */
  readonly complete: (
    interval: SlotInterval,
    parameters: string,
  ) => { readonly parameters: string; readonly occasion: string | null };
  /** What was taken until now and may not be meant; each once. */
  readonly warnings: () => readonly ParameterWarning[];
}

/**
 * Reads the notebook or the workflow that a schedule starts, as all runs of a backfill will have it.
 *
 * @throws What submitting a run would, and {@link ServerError} `WORKFLOW_NOT_FOUND`.
 */
export async function findTarget(
  platform: Platform,
  trigger: StoredTrigger & { readonly spec: TimeTrigger },
): Promise<BackfillTarget> {
  if (!runsNotebook(trigger)) return workflowTarget(platform, trigger);
  const { sourceHash, notebook } = await sourceOf(platform, trigger);
  const points = trigger.sweep === null ? null : pointsOfSweep(trigger.sweep);
  let unchecked = points;
  const warnings = new Map<string, ParameterWarning>();
  return {
    of: { path: trigger.path, sourceHash, workflowId: null, workflowVersion: null },
    followsSlot: [],
    sets: points?.length ?? null,
    complete: (_interval, parameters) => {
      const sets = unchecked === null ? [parameters] : setsOfPoints(unchecked, parameters);
      for (const set of [parameters, ...sets]) checkParameterSize(set, platform.maxParameterBytes);
      if (notebook !== null) {
        // What is so in one slot is so in most.
        for (const warning of checkSets(notebook, sets, trigger))
          warnings.set(`${warning.code} ${warning.parameter}`, warning);
      }
      // The values of the grid are the same in each slot, and may be thousands.
      unchecked = points?.slice(0, 1) ?? null;
      return { parameters, occasion: null };
    },
    warnings: () => [...warnings.values()],
  };
}

async function workflowTarget(platform: Platform, trigger: StoredTrigger): Promise<BackfillTarget> {
  const { workflow, version } = await workflowOf(platform, trigger);
  const plan = decodePlan(version.plan).workflow;
  return {
    of: { path: null, sourceHash: null, workflowId: workflow.id, workflowVersion: version.version },
    // The steps of a workflow see the slot too.
    followsSlot: plan.steps
      .filter((step) => expressionsOf(step).some(({ text }) => namesSlot(parseExpression(text))))
      .map(({ key }) => key),
    sets: null,
    warnings: () => [],
    complete: ({ slot, start, end }, parameters) => ({
      parameters: workflowParameters(plan, parameters, platform),
      occasion: encodeOccasion({ slot, interval: { start, end }, body: null }),
    }),
  };
}
