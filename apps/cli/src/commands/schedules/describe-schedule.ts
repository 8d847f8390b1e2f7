import type { NextSlot, Schedule, ScheduleDetail, Slot } from "@notemill/api";
import { textTable } from "../../text-table.ts";

/** A schedule as lines for a person, with its next slots. */
export function describeSchedule(schedule: ScheduleDetail): string {
  const lines = [
    ["Schedule", schedule.name],
    ["Id", schedule.id],
    ["Notebook", schedule.path ?? ""],
    ["Workflow", schedule.workflow?.name ?? ""],
    ["When", schedule.in_words],
    ["Clock", schedule.clock_change?.in_words ?? ""],
    ["State", stateOf(schedule)],
    ["Parameters", schedule.parameters.text],
    ...sweepLines(schedule),
    ["Kernel", schedule.kernel_name ?? ""],
    ["Reads", schedule.source_hash ?? (schedule.path === null ? "" : "the notebook as it is then")],
    ["Catch-up", catchUpInWords(schedule)],
    ["Concurrency", concurrencyInWords(schedule)],
    ["Jitter", schedule.max_jitter_seconds === 0 ? "" : `up to ${schedule.max_jitter_seconds} s`],
    ["Grace", `${schedule.grace_seconds} s`],
  ].filter(([, value]) => value !== "");
  const facts = lines.map(([name = "", value = ""]) => `${name.padEnd(13)}${value}`).join("\n");
  return schedule.next_slots.length === 0 ? facts : `${facts}\n\n${nextSlotsTable(schedule.next_slots)}`;
}

function sweepLines({ sweep }: Schedule): readonly (readonly [string, string])[] {
  if (sweep === null) return [];
  return [
    ["Sweep over", sweep.grid.text],
    ["Sweep mode", sweep.mode ?? "product"],
    ["Sweep jobs", sweep.concurrency === undefined ? "4, the default" : `${sweep.concurrency}`],
    ["On failure", sweep.on_failure ?? "continue"],
  ];
}

/** The slots to come as a table. */
export function nextSlotsTable(slots: readonly NextSlot[]): string {
  const columns = ["Next slots", "UTC", "Parameters"].map((title) => ({ title }));
  return textTable(
    columns,
    slots.map(({ local, slot, parameters }) => [local, slot.replace(".000Z", "Z"), parameters.text]),
  );
}

/** The titles of {@link slotRow}. */
export const SLOT_COLUMNS = ["Slot", "Outcome", "Run"];

/** What became of a slot, as a row of a table. */
export function slotRow(it: Slot): readonly string[] {
  return [
    `${it.slot.replace(".000Z", "Z")}${it.is_by_hand ? " (by hand)" : ""}`,
    it.skipped === null ? (it.run_status ?? it.state) : `skipped: ${it.skipped.message}`,
    it.run_id ?? it.workflow_run_id ?? "",
  ];
}

/** Whether it fires, and if not, who has stopped it and why. */
export function stateOf(schedule: Schedule): string {
  const { paused, stalled, deleted_at: deletedAt, next_fire_at: next, spec } = schedule;
  if (deletedAt !== null) return `deleted at ${deletedAt}`;
  if (paused !== null) {
    return `paused by ${paused.by} at ${paused.at}${paused.reason === null ? "" : `: ${paused.reason}`}`;
  }
  if (stalled !== null)
    return `cannot be fired since ${stalled.since}: ${stalled.message} (${stalled.code}); tried again at ${next ?? "the next event"}`;
  // An event may come at any time.
  const hasInstants = spec.kind === "cron" || spec.kind === "interval" || spec.kind === "once";
  return next === null && hasInstants ? "over" : "active";
}

function catchUpInWords({ catch_up: policy }: Schedule): string {
  return policy.kind === "all" ? `all that was missed, at most ${policy.cap}` : policy.kind;
}

function concurrencyInWords({ concurrency: policy }: Schedule): string {
  return policy.kind === "parallel" ? `parallel, at most ${policy.limit}` : policy.kind.replace("_", "-");
}
