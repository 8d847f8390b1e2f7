import { encodeWireJson } from "@notemill/api";
import { createClient } from "@notemill/client";
import type { Command, ParsedCommandLine, Terminal } from "../../command-line/command.ts";
import { CONNECTION_OPTIONS, findConnection } from "../../platform/connect.ts";
import { textFor } from "../../progress/uses-colour.ts";
import { eventLine } from "./event-line.ts";
import { JSON_OPTION, RUN_ARGUMENT } from "./run-argument.ts";
import { runId } from "./run-id.ts";
import { RETRIES } from "./wait.ts";

/** `notemill runs logs`: what happened in a run. */
export const logsCommand: Command = {
  name: "runs logs",
  summary: "Print what happened in a run, and what its cells printed",
  arguments: [RUN_ARGUMENT],
  options: [
    { name: "follow", flags: ["--follow", "-f"], help: "Go on until the run is over." },
    { ...JSON_OPTION, help: "Print events, one JSON object per line." },
    ...CONNECTION_OPTIONS,
  ],
  examples: [["notemill runs logs -f 0197…", "watch a run"]],
  run: logs,
};

async function logs(parsed: ParsedCommandLine, terminal: Terminal): Promise<number> {
  const { options } = parsed;
  const { stdout } = terminal;
  const [given = ""] = parsed.arguments;
  const client = createClient(await findConnection(options, terminal));
  const id = await runId(client, given);
  const follow = options.flag("follow") === true;
  const text = textFor(terminal, stdout);
  for await (const event of client.followRun(id, { follow, retries: follow ? RETRIES : 0 }))
    stdout.write(options.flag("json") === true ? `${encodeWireJson(event)}\n` : text(eventLine(event)));
  return 0;
}
