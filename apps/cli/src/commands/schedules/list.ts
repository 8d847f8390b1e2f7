import { beforeOption, listCommand as list } from "../../platform/list-command.ts";
import { stateOf } from "./describe-schedule.ts";

/** `notemill schedules list`: one page of the schedules of a server. */
export const listCommand = list({
  name: "schedules list",
  summary: "List the schedules of the server, newest first",
  arguments: [],
  before: beforeOption("schedule", "ID"),
  read: (client, { options }) =>
    client.listSchedules({ before: options.text("before"), limit: options.number("limit") }),
  columns: ["Schedule", "When", "Next", "State", "Runs"],
  rows: ({ schedules }) =>
    schedules.map((it) => [
      it.name,
      it.in_words,
      it.next_fire_at ?? "",
      it.paused !== null ? "paused" : it.stalled !== null ? "cannot be fired" : stateOf(it),
      it.path ?? `workflow ${it.workflow?.name ?? ""}`,
    ]),
  empty: "no schedules",
});
