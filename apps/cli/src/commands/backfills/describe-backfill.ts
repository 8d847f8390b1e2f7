import type { Backfill, BackfillPlan, BackfillSlotPage } from "@notemill/api";
import { textTable } from "../../text-table.ts";

/** A backfill as lines for a person. */
export function describeBackfill(backfill: Backfill): string {
  return [
    ["Backfill", backfill.id],
    backfill.path === null
      ? ["Workflow", `${backfill.workflow ?? ""}, version ${backfill.workflow_version ?? ""}`]
      : ["Notebook", backfill.path],
    ["Range", `${short(backfill.from)} to ${short(backfill.until)}`],
    ["State", backfill.state],
    ["Slots", countsInWords(backfill)],
    ["At a time", `${backfill.concurrency}`],
    ...(backfill.cancelled_by === null ? [] : [["Ended by", backfill.cancelled_by]]),
  ]
    .map(([name = "", value = ""]) => `${name.padEnd(13)}${value}`)
    .join("\n");
}

/** How many of its slots are where: `3 succeeded, 1 running`. */
export function countsInWords({ counts }: Backfill): string {
  const words = (["succeeded", "failed", "cancelled", "running", "waiting"] as const)
    .filter((name) => counts[name] > 0)
    .map((name) => `${counts[name]} ${name}`);
  return words.length === 0 ? "none" : words.join(", ");
}

/** What a backfill would do, as a table. */
export function planTable({ slots, left_out: leftOut, is_sweep: isSweep, runs }: BackfillPlan): string {
  const columns = ["Slot", "UTC", "Parameters"].map((title) => ({ title }));
  const table = textTable(
    columns,
    slots.map(({ local, slot, parameters }) => [local, short(slot), parameters.text]),
  );
  const note = leftOut === 0 ? "" : `\n\n${leftOut} that have succeeded already are left out`;
  const sweeps = isSweep ? `\n\neach slot is a sweep; together they have ${runs} runs` : "";
  return `${slots.length === 0 ? "no slots" : table}${sweeps}${note}`;
}

/** The slots of a backfill as a table. */
export function backfillSlotsTable(slots: BackfillSlotPage["slots"]): string {
  const columns = ["Slot", "Outcome", "Run", "Parameters"].map((title) => ({ title }));
  return textTable(
    columns,
    slots.map((it) => [
      short(it.slot),
      it.run_status ?? it.state,
      it.run_id ?? it.workflow_run_id ?? "",
      it.parameters.text,
    ]),
  );
}

/** An instant without its thousandths, where they are none. */
export function short(time: string): string {
  return time.replace(".000Z", "Z");
}
