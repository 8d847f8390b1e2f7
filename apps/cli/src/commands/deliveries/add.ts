import { type DeliveryRules, encodeWireJson } from "@notemill/api";
import { createClient } from "@notemill/client";
import type { Command, ParsedCommandLine, Terminal } from "../../command-line/command.ts";
import { UsageError } from "../../command-line/usage-error.ts";
import { CONNECTION_OPTIONS, findConnection } from "../../platform/connect.ts";
import { JSON_OPTION } from "../runs/run-argument.ts";
import { SCHEDULE_ARGUMENT, scheduleId } from "../schedules/schedule-argument.ts";
import { rulesTable } from "./describe-rules.ts";
import { RULE_OPTIONS, rulesOf } from "./rule-options.ts";

/** `notemill deliveries add`: has somebody told of a schedule. */
export const addCommand: Command = {
  name: "deliveries add",
  summary: "Have somebody told of a schedule and its runs: results, failures, and what is late",
  arguments: [SCHEDULE_ARGUMENT],
  options: [...RULE_OPTIONS, JSON_OPTION, ...CONNECTION_OPTIONS],
  examples: [
    [
      "notemill deliveries add report --deliver https://hooks.slack.com/services/… --deliver-on failed --deliver-on not_started --deliver-after 10m",
      "a message when it fails or does not start",
    ],
    [
      "notemill deliveries add report --deliver team@example.org --deliver-on succeeded --deliver-page --deliver-scrap rows",
      "the result by mail",
    ],
  ],
  run: add,
};

async function add(parsed: ParsedCommandLine, terminal: Terminal): Promise<number> {
  const { options } = parsed;
  const [given = ""] = parsed.arguments;
  const rules = rulesOf(options);
  if (rules.length === 0) throw new UsageError("say who is told with --deliver");
  const client = createClient(await findConnection(options, terminal));
  const id = await scheduleId(client, given);
  let now: DeliveryRules = { rules: [] };
  for (const rule of rules) now = await client.addDeliveryRule(id, rule);
  terminal.stdout.write(`${options.flag("json") === true ? encodeWireJson(now) : rulesTable(now)}\n`);
  return 0;
}
