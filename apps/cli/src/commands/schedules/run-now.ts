import { encodeWireJson } from "@notemill/api";
import { createClient } from "@notemill/client";
import { encodeJson, parseJson, RawJson } from "@notemill/json";
import type { Command, ParsedCommandLine, Terminal } from "../../command-line/command.ts";
import { CONNECTION_OPTIONS, findConnection } from "../../platform/connect.ts";
import { IDEMPOTENCY_OPTION, JSON_OPTION } from "../runs/run-argument.ts";
import { SCHEDULE_ARGUMENT, scheduleId } from "./schedule-argument.ts";

/** `notemill schedules run-now`: starts a run by hand. */
export const runNowCommand: Command = {
  name: "schedules run-now",
  summary: "Start a run of a schedule at once, whatever else it has under way",
  arguments: [SCHEDULE_ARGUMENT],
  options: [
    {
      name: "slot",
      flags: ["--slot"],
      values: ["TIME"],
      help: "The slot that the run stands for, as 2026-03-29T06:00:00Z. Default: now.",
    },
    {
      name: "body",
      flags: ["--body"],
      values: ["JSON"],
      help: "What an event would say: trigger.body of the parameters.",
    },
    IDEMPOTENCY_OPTION,
    JSON_OPTION,
    ...CONNECTION_OPTIONS,
  ],
  examples: [["notemill schedules run-now report", "prints the id of the run"]],
  run: runNow,
};

async function runNow(parsed: ParsedCommandLine, terminal: Terminal): Promise<number> {
  const { options } = parsed;
  const [given = ""] = parsed.arguments;
  const client = createClient(await findConnection(options, terminal));
  const slot = options.text("slot");
  const body = options.text("body");
  const key = options.text("idempotencyKey");
  const run = await client.runSchedule(
    await scheduleId(client, given),
    {
      ...(slot === undefined ? {} : { slot }),
      ...(body === undefined ? {} : { body: new RawJson(encodeJson(parseJson(body))) }),
    },
    key === undefined ? {} : { idempotencyKey: key },
  );
  terminal.stdout.write(`${options.flag("json") === true ? encodeWireJson(run) : run.id}\n`);
  return 0;
}
