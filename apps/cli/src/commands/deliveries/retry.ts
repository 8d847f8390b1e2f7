import { encodeWireJson } from "@notemill/api";
import { createClient } from "@notemill/client";
import type { Command, ParsedCommandLine, Terminal } from "../../command-line/command.ts";
import { UsageError } from "../../command-line/usage-error.ts";
import { CONNECTION_OPTIONS, findConnection } from "../../platform/connect.ts";
import { JSON_OPTION } from "../runs/run-argument.ts";

/** `notemill deliveries retry`: tries once more. */
export const retryCommand: Command = {
  name: "deliveries retry",
  summary: "Try a delivery again that was given up, or one that waits at once",
  arguments: [{ name: "NUMBER", help: "Number of the delivery." }],
  options: [JSON_OPTION, ...CONNECTION_OPTIONS],
  run: retry,
};

async function retry(parsed: ParsedCommandLine, terminal: Terminal): Promise<number> {
  const [given = ""] = parsed.arguments;
  if (!/^\d+$/.test(given)) throw new UsageError(`"${given}" is no number of a delivery`);
  const client = createClient(await findConnection(parsed.options, terminal));
  const delivery = await client.retryDelivery(Number(given));
  const isJson = parsed.options.flag("json") === true;
  terminal.stdout.write(`${isJson ? encodeWireJson(delivery) : delivery.state}\n`);
  return 0;
}
