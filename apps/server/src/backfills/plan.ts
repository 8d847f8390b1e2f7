import type { BackfillPlan, CreateBackfill } from "@notemill/api";
import { parseExpression, namesSlot } from "@notemill/expressions";
import { isJsonObject, parseJson, RawJson } from "@notemill/json";
import { expressionIn, isTimeTrigger, planBackfill, SchedulesError } from "@notemill/schedules";
import { type StoredTrigger, succeededSlots } from "@notemill/store";
import type { Platform } from "../platform.ts";
import { checkNotebook } from "../schedules/prepare-notebook.ts";
import { instantOf, localTime, timeZoneOf } from "../schedules/local-time.ts";
import { runsNotebook, sourceOf } from "../schedules/run-of-slot.ts";
import { slotParameters } from "../schedules/slot-parameters.ts";

/** What a backfill is going to do, worked out and checked. */
export interface PlannedBackfill {
  readonly from: Date;
  readonly until: Date;
  /** Virtual path of the notebook. */
  readonly path: string;
  readonly sourceHash: string;
  /** Oldest first. Parameters are JSON. */
  readonly slots: readonly { readonly slot: Date; readonly parameters: string }[];
  /** How many slots have succeeded already and are not among them. */
  readonly leftOut: number;
}

/**
 * Works out the runs of a backfill: which slots, and with which values.
 *
 * @throws The coded errors of ranges, expressions, notebooks and parameters.
 */
export async function planRuns(
  platform: Platform,
  trigger: StoredTrigger,
  { from, until, only_missing: onlyMissing = false }: CreateBackfill,
): Promise<PlannedBackfill> {
  const { spec } = trigger;
  if (!isTimeTrigger(spec)) {
    throw new SchedulesError("BACKFILL_INVALID", "the slots of the schedule are events, which no range has");
  }
  if (!runsNotebook(trigger)) {
    throw new SchedulesError(
      "BACKFILL_INVALID",
      "the schedule starts a workflow, and backfills are of notebooks; start the workflow for each slot",
    );
  }
  const timeZone = timeZoneOf(spec);
  const range = { from: instantOf(from, timeZone), until: instantOf(until, timeZone) };
  const planned = planBackfill({
    trigger: spec,
    ...range,
    slotParameters: namesOfSlotParameters(trigger.parameters),
    resolve: ({ slot }) => slotParameters(trigger.parameters, spec, { at: slot, body: null }),
  });
  const { sourceHash, notebook } = await sourceOf(platform, trigger);
  if (notebook !== null)
    for (const { parameters } of planned) checkNotebook(notebook, parameters, trigger.kernelName);
  const dates = { from: new Date(range.from), until: new Date(range.until) };
  const done = onlyMissing ? await succeededSlots(platform.driver, trigger.id, dates) : [];
  const isDone = new Set(done.map((it) => it.getTime()));
  const slots = planned.filter(({ slot }) => !isDone.has(slot));
  return {
    ...dates,
    path: trigger.path,
    sourceHash,
    slots: slots.map(({ slot, parameters }) => ({ slot: new Date(slot), parameters })),
    leftOut: planned.length - slots.length,
  };
}

/** A plan as the API shows it. */
export function presentPlan(plan: PlannedBackfill, { spec }: Pick<StoredTrigger, "spec">): BackfillPlan {
  const timeZone = timeZoneOf(spec);
  return {
    from: plan.from.toISOString(),
    until: plan.until.toISOString(),
    slots: plan.slots.map(({ slot, parameters }) => ({
      slot: slot.toISOString(),
      local: localTime(slot.getTime(), timeZone),
      parameters: new RawJson(parameters),
    })),
    left_out: plan.leftOut,
  };
}

/** The parameters whose value follows the slot. */
function namesOfSlotParameters(text: string): readonly string[] {
  const parameters = parseJson(text);
  if (!isJsonObject(parameters)) return [];
  return Object.entries(parameters)
    .filter(([, value]) => {
      const expression = expressionIn(value);
      return expression !== undefined && namesSlot(parseExpression(expression));
    })
    .map(([name]) => name);
}
