import { encodeWireJson, type WebhookSecret } from "@notemill/api";
import { createClient } from "@notemill/client";
import type { Command, ParsedCommandLine, Terminal } from "../../command-line/command.ts";
import { CONNECTION_OPTIONS, findConnection } from "../../platform/connect.ts";
import { JSON_OPTION } from "../runs/run-argument.ts";
import { SCHEDULE_ARGUMENT, scheduleId } from "./schedule-argument.ts";

/** `notemill schedules secret`: makes a new secret for a webhook. */
export const secretCommand: Command = {
  name: "schedules secret",
  summary: "Make a new secret for the webhook of a schedule; the one before is void",
  description: "The secret is shown this once. Whoever has it starts runs of the schedule.",
  arguments: [SCHEDULE_ARGUMENT],
  options: [JSON_OPTION, ...CONNECTION_OPTIONS],
  run: renew,
};

async function renew(parsed: ParsedCommandLine, terminal: Terminal): Promise<number> {
  const { options } = parsed;
  const [given = ""] = parsed.arguments;
  const connection = await findConnection(options, terminal);
  const client = createClient(connection);
  const webhook = await client.renewWebhookSecret(await scheduleId(client, given));
  const isJson = options.flag("json") === true;
  terminal.stdout.write(
    `${isJson ? encodeWireJson(webhook) : describeWebhook(webhook, connection.serverUrl)}\n`,
  );
  return 0;
}

/** A webhook as lines for a person. */
export function describeWebhook({ path, secret }: WebhookSecret, serverUrl: string): string {
  return `Webhook      ${serverUrl.replace(/\/+$/, "")}${path}\nSecret       ${secret}`;
}
