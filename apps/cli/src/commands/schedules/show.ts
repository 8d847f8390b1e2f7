import { encodeWireJson } from "@notemill/api";
import { createClient } from "@notemill/client";
import type { Command, ParsedCommandLine, Terminal } from "../../command-line/command.ts";
import { CONNECTION_OPTIONS, findConnection } from "../../platform/connect.ts";
import { JSON_OPTION } from "../runs/run-argument.ts";
import { describeSchedule } from "./describe-schedule.ts";
import { SCHEDULE_ARGUMENT, scheduleId } from "./schedule-argument.ts";

/** `notemill schedules show`: a schedule and its next slots. */
export const showCommand: Command = {
  name: "schedules show",
  summary: "Show a schedule in plain words, with its next ten slots",
  arguments: [SCHEDULE_ARGUMENT],
  options: [JSON_OPTION, ...CONNECTION_OPTIONS],
  run: show,
};

async function show(parsed: ParsedCommandLine, terminal: Terminal): Promise<number> {
  const { options } = parsed;
  const [given = ""] = parsed.arguments;
  const client = createClient(await findConnection(options, terminal));
  const schedule = await client.getSchedule(await scheduleId(client, given));
  const text = options.flag("json") === true ? encodeWireJson(schedule) : describeSchedule(schedule);
  terminal.stdout.write(`${text}\n`);
  return 0;
}
