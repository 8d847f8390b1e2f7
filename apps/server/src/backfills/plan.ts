import type { BackfillPlan, CreateBackfill, ParameterWarning } from "@notemill/api";
import { namesSlot, parseExpression } from "@notemill/expressions";
import { isJsonObject, parseJson, RawJson } from "@notemill/json";
import { expressionIn, isTimeTrigger, planBackfill, SchedulesError } from "@notemill/schedules";
import { type NewBackfill, type StoredTrigger, succeededSlots } from "@notemill/store";
import type { Platform } from "../platform.ts";
import { instantOf, localTime, timeZoneOf } from "../schedules/local-time.ts";
import { slotParameters } from "../schedules/slot-parameters.ts";
import { findTarget } from "./target.ts";

/** What a backfill is going to do, worked out and checked. */
export interface PlannedBackfill extends Pick<
  NewBackfill,
  "from" | "until" | "path" | "sourceHash" | "workflowId" | "workflowVersion" | "slots"
> {
  /** How many slots have succeeded already and are not among them. */
  readonly leftOut: number;
  /** How many runs the sweep of each slot has; null where a slot is no sweep. */
  readonly sets: number | null;
  /** What was taken and may not be meant. */
  readonly warnings: readonly ParameterWarning[];
}

/** The most runs of all sweeps of a backfill together: as many as one sweep may have. */
const MOST_RUNS = 10_000;

/** The most characters of the parameters of all slots together. */
const MOST_CHARACTERS = 64 * 2 ** 20;

/**
 * Works out the runs of a backfill: which slots, and with which values.
 *
 * @throws The coded errors of ranges, expressions, notebooks, workflows and parameters.
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
  const timeZone = timeZoneOf(spec);
  const range = { from: instantOf(from, timeZone), until: instantOf(until, timeZone) };
  const { of, complete, followsSlot, sets, warnings } = await findTarget(platform, { ...trigger, spec });
  let characters = 0;
  const checkLength = (text: string): string => {
    characters += text.length;
    if (characters <= MOST_CHARACTERS) return text;
    throw new SchedulesError(
      "TOO_MANY_SLOTS",
      `the parameters of its slots have more than ${MOST_CHARACTERS} characters together; take a shorter range, or keep long values in a file that the notebook reads`,
      { details: { limit: MOST_CHARACTERS, characters } },
    );
  };
  const planned = planBackfill({
    trigger: spec,
    ...range,
    slotParameters: [...namesOfSlotParameters(trigger.parameters), ...followsSlot],
    resolve: (interval) => ({
      slot: new Date(interval.slot),
      ...complete(
        interval,
        checkLength(slotParameters(trigger.parameters, spec, { at: interval.slot, body: null })),
      ),
    }),
  }).map(({ parameters }) => parameters);
  const dates = { from: new Date(range.from), until: new Date(range.until) };
  const done = onlyMissing ? await succeededSlots(platform.driver, trigger.id, dates) : [];
  const isDone = new Set(done.map((it) => it.getTime()));
  const slots = planned.filter(({ slot }) => !isDone.has(slot.getTime()));
  checkRuns(slots.length, sets);
  return { ...dates, ...of, slots, leftOut: planned.length - slots.length, sets, warnings: warnings() };
}

function checkRuns(slots: number, sets: number | null): void {
  const runs = slots * (sets ?? 0);
  if (runs <= MOST_RUNS) return;
  throw new SchedulesError(
    "TOO_MANY_SLOTS",
    `sweeps of ${sets} runs in ${slots} slots make ${runs} runs, and a backfill has at most ${MOST_RUNS}; take a shorter range`,
    { details: { limit: MOST_RUNS, runs } },
  );
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
    is_sweep: plan.sets !== null,
    runs: plan.slots.length * (plan.sets ?? 1),
    warnings: [...plan.warnings],
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
