import { createClient } from "@notemill/client";
import type { Command, ParsedCommandLine, Terminal } from "../../command-line/command.ts";
import { CONNECTION_OPTIONS, findConnection } from "../../platform/connect.ts";
import { SCHEDULE_ARGUMENT, scheduleId } from "./schedule-argument.ts";

/** `notemill schedules delete`: ends a schedule. */
export const deleteCommand: Command = {
  name: "schedules delete",
  summary: "End a schedule; its slots and runs stay",
  arguments: [SCHEDULE_ARGUMENT],
  options: [...CONNECTION_OPTIONS],
  run: deleteSchedule,
};

async function deleteSchedule(parsed: ParsedCommandLine, terminal: Terminal): Promise<number> {
  const [given = ""] = parsed.arguments;
  const client = createClient(await findConnection(parsed.options, terminal));
  const id = await scheduleId(client, given);
  await client.deleteSchedule(id);
  terminal.stdout.write(`deleted ${id}\n`);
  return 0;
}
