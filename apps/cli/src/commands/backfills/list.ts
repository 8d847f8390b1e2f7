import { beforeOption, listCommand as list } from "../../platform/list-command.ts";
import { SCHEDULE_ARGUMENT, scheduleId } from "../schedules/schedule-argument.ts";
import { countsInWords, short } from "./describe-backfill.ts";

/** `notemill backfills list`: one page of the backfills of a schedule. */
export const listCommand = list({
  name: "backfills list",
  summary: "List the backfills of a schedule, newest first",
  arguments: [SCHEDULE_ARGUMENT],
  before: beforeOption("backfill", "ID"),
  read: async (client, { arguments: [given = ""], options }) =>
    client.listBackfills(await scheduleId(client, given), {
      before: options.text("before"),
      limit: options.number("limit"),
    }),
  columns: ["Backfill", "From", "Until", "State", "Slots"],
  rows: ({ backfills }) =>
    backfills.map((it) => [it.id, short(it.from), short(it.until), it.state, countsInWords(it)]),
  empty: "no backfills",
});
