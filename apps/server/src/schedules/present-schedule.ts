import type { Schedule, ScheduleDetail, Slot } from "@notemill/api";
import { RawJson } from "@notemill/json";
import { describeTrigger, isTimeTrigger } from "@notemill/schedules";
import type { StoredSlot, StoredTrigger } from "@notemill/store";
import { decodeScheduledSweep } from "../sweeps/scheduled-sweep.ts";
import { presentClockChange } from "./clock-change.ts";
import { presentNextSlots } from "./next-slots.ts";
import { presentSpec } from "./spec-form.ts";

/** A schedule of the database as the API shows it. */
export function presentSchedule(trigger: StoredTrigger): Schedule {
  const { pausedAt, pausedBy, pausedReason } = trigger;
  return {
    id: trigger.id,
    owner: trigger.owner,
    name: trigger.name,
    path: trigger.path,
    workflow:
      trigger.workflowId === null ? null : { id: trigger.workflowId, name: trigger.workflowName ?? "" },
    spec: presentSpec(trigger.spec),
    in_words: describeTrigger(trigger.spec),
    parameters: new RawJson(trigger.parameters),
    sweep: trigger.sweep === null ? null : decodeScheduledSweep(trigger.sweep),
    kernel_name: trigger.kernelName,
    files: [...trigger.files],
    priority: trigger.priority,
    tags: [...trigger.tags],
    settings: trigger.settings,
    follows: trigger.sourceHash === null ? "workspace" : "promoted",
    source_hash: trigger.sourceHash,
    catch_up: trigger.catchUp,
    concurrency: concurrencyOf(trigger),
    max_jitter_seconds: trigger.maxJitterMs / 1000,
    grace_seconds: trigger.graceMs / 1000,
    paused:
      pausedAt === null ? null : { at: pausedAt.toISOString(), by: pausedBy ?? "", reason: pausedReason },
    stalled: trigger.stall,
    next_fire_at: trigger.nextFireAt?.toISOString() ?? null,
    created_at: trigger.createdAt.toISOString(),
    updated_at: trigger.updatedAt.toISOString(),
    deleted_at: trigger.deletedAt?.toISOString() ?? null,
  };
}

/** A schedule with its next ten slots and what the clock does to them; none for one that is paused or deleted. */
export function presentScheduleDetail(trigger: StoredTrigger, now: Date): ScheduleDetail {
  const { id, spec, catchUp, maxJitterMs, parameters } = trigger;
  const isOff = trigger.pausedAt !== null || trigger.deletedAt !== null;
  const after = trigger.watermark > now ? trigger.watermark : now;
  return {
    ...presentSchedule(trigger),
    next_slots:
      isOff || !isTimeTrigger(spec)
        ? []
        : presentNextSlots({ id, trigger: spec, catchUp, maxJitterMs }, parameters, { after, count: 10 }),
    clock_change: isOff ? null : presentClockChange(spec, now),
  };
}

/** A slot of the database as the API shows it. */
export function presentSlot(slot: StoredSlot): Slot {
  return {
    id: slot.id,
    slot: slot.slot.toISOString(),
    is_by_hand: slot.isByHand,
    state: slot.state,
    run_id: slot.runId,
    workflow_run_id: slot.workflowRunId,
    run_status: slot.runStatus,
    skipped: slot.skipped === null ? null : (JSON.parse(slot.skipped) as Slot["skipped"]),
    body: slot.body === null ? null : new RawJson(slot.body),
    created_at: slot.createdAt.toISOString(),
  };
}

function concurrencyOf({ concurrency }: StoredTrigger): Schedule["concurrency"] {
  // Only what the API takes gets into the database.
  return concurrency as Schedule["concurrency"];
}
