import { encodeWireJson } from "@notemill/api";
import { createClient } from "@notemill/client";
import type { Command, ParsedCommandLine, Terminal } from "../../command-line/command.ts";
import { CONNECTION_OPTIONS, findConnection } from "../../platform/connect.ts";
import { JSON_OPTION } from "../runs/run-argument.ts";
import { slotsTable } from "./describe-schedule.ts";
import { SCHEDULE_ARGUMENT, scheduleId } from "./schedule-argument.ts";

/** `notemill schedules slots`: what became of the slots of a schedule. */
export const slotsCommand: Command = {
  name: "schedules slots",
  summary: "Show what became of the slots of a schedule, newest first, with their runs",
  description: "A schedule that was deleted is still there by its id.",
  arguments: [SCHEDULE_ARGUMENT],
  options: [
    {
      name: "limit",
      flags: ["--limit"],
      values: ["N"],
      type: "integer",
      help: "At most so many, up to 200. Default 50.",
    },
    { name: "before", flags: ["--before"], values: ["ID"], help: "Go on behind this slot: the next page." },
    JSON_OPTION,
    ...CONNECTION_OPTIONS,
  ],
  run: slots,
};

async function slots(parsed: ParsedCommandLine, terminal: Terminal): Promise<number> {
  const { options } = parsed;
  const { stdout } = terminal;
  const [given = ""] = parsed.arguments;
  const client = createClient(await findConnection(options, terminal));
  const before = options.text("before");
  const limit = options.number("limit");
  const page = await client.listSlots(await scheduleId(client, given), {
    ...(before === undefined ? {} : { before }),
    ...(limit === undefined ? {} : { limit }),
  });
  if (options.flag("json") === true) {
    stdout.write(`${encodeWireJson(page)}\n`);
    return 0;
  }
  stdout.write(page.slots.length === 0 ? "no slots yet\n" : `${slotsTable(page.slots)}\n`);
  if (page.next !== null)
    stdout.write(`\nolder ones: notemill schedules slots ${given} --before ${page.next}\n`);
  return 0;
}
