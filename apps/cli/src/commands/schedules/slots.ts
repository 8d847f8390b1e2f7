import { beforeOption, listCommand } from "../../platform/list-command.ts";
import { SLOT_COLUMNS, slotRow } from "./describe-schedule.ts";
import { SCHEDULE_ARGUMENT, scheduleId } from "./schedule-argument.ts";

/** `notemill schedules slots`: what became of the slots of a schedule. */
export const slotsCommand = listCommand({
  name: "schedules slots",
  summary: "Show what became of the slots of a schedule, newest first, with their runs",
  description: "A schedule that was deleted is still there by its id.",
  arguments: [SCHEDULE_ARGUMENT],
  before: beforeOption("slot", "ID"),
  read: async (client, { arguments: [given = ""], options }) =>
    client.listSlots(await scheduleId(client, given), {
      before: options.text("before"),
      limit: options.number("limit"),
    }),
  columns: SLOT_COLUMNS,
  rows: ({ slots }) => slots.map(slotRow),
  empty: "no slots yet",
});
