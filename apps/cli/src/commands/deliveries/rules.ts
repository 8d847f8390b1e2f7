import { encodeWireJson } from "@notemill/api";
import { createClient } from "@notemill/client";
import type { Command, ParsedCommandLine, Terminal } from "../../command-line/command.ts";
import { CONNECTION_OPTIONS, findConnection } from "../../platform/connect.ts";
import { JSON_OPTION } from "../runs/run-argument.ts";
import { SCHEDULE_ARGUMENT, scheduleId } from "../schedules/schedule-argument.ts";
import { rulesTable } from "./describe-rules.ts";

/** `notemill deliveries rules`: who is told of a schedule. */
export const rulesCommand: Command = {
  name: "deliveries rules",
  summary: "Show who is told what of a schedule and its runs",
  description: "Of the address of a webhook only the host is shown: whoever knows the rest can write there.",
  arguments: [SCHEDULE_ARGUMENT],
  options: [JSON_OPTION, ...CONNECTION_OPTIONS],
  run: show,
};

async function show(parsed: ParsedCommandLine, terminal: Terminal): Promise<number> {
  const { options } = parsed;
  const [given = ""] = parsed.arguments;
  const client = createClient(await findConnection(options, terminal));
  const rules = await client.getDeliveryRules(await scheduleId(client, given));
  terminal.stdout.write(`${options.flag("json") === true ? encodeWireJson(rules) : rulesTable(rules)}\n`);
  return 0;
}
