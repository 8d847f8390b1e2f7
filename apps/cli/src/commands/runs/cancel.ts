import { encodeWireJson } from "@notemill/api";
import { createClient } from "@notemill/client";
import type { Command, ParsedCommandLine, Terminal } from "../../command-line/command.ts";
import { CONNECTION_OPTIONS, findConnection } from "../../platform/connect.ts";
import { JSON_OPTION, RUN_ARGUMENT } from "./run-argument.ts";
import { runId } from "./run-id.ts";

/** `notemill runs cancel`: asks for the end of a run. */
export const cancelCommand: Command = {
  name: "runs cancel",
  summary: "Cancel a run",
  description:
    "A run that waits is over at once. One that runs is interrupted by its runner, which hears of it within seconds; what its cells did until then is in the record.",
  arguments: [RUN_ARGUMENT],
  options: [JSON_OPTION, ...CONNECTION_OPTIONS],
  run: cancel,
};

async function cancel(parsed: ParsedCommandLine, terminal: Terminal): Promise<number> {
  const { options } = parsed;
  const [given = ""] = parsed.arguments;
  const client = createClient(await findConnection(options, terminal));
  const run = await client.cancelRun(await runId(client, given));
  terminal.stdout.write(`${options.flag("json") === true ? encodeWireJson(run) : run.status}\n`);
  return 0;
}
