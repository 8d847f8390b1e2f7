import { encodeWireJson } from "@notemill/api";
import { createClient } from "@notemill/client";
import type { Command, ParsedCommandLine, Terminal } from "../../command-line/command.ts";
import { CONNECTION_OPTIONS, findConnection } from "../../platform/connect.ts";
import { JSON_OPTION } from "../runs/run-argument.ts";
import { SCHEDULE_ARGUMENT, scheduleId } from "../schedules/schedule-argument.ts";
import { rulesTable } from "./describe-rules.ts";

/** `notemill deliveries remove`: has somebody told no more. */
export const removeCommand: Command = {
  name: "deliveries remove",
  summary: "Have somebody told no more of a schedule; what waits to be sent is still sent",
  arguments: [
    SCHEDULE_ARGUMENT,
    { name: "RULE", help: "Id of the rule, as notemill deliveries rules shows it." },
  ],
  options: [JSON_OPTION, ...CONNECTION_OPTIONS],
  run: remove,
};

async function remove(parsed: ParsedCommandLine, terminal: Terminal): Promise<number> {
  const { options } = parsed;
  const [given = "", rule = ""] = parsed.arguments;
  const client = createClient(await findConnection(options, terminal));
  const rules = await client.removeDeliveryRule(await scheduleId(client, given), rule);
  terminal.stdout.write(`${options.flag("json") === true ? encodeWireJson(rules) : rulesTable(rules)}\n`);
  return 0;
}
