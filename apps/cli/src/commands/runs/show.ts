import { encodeWireJson } from "@notemill/api";
import { createClient } from "@notemill/client";
import type { Command, ParsedCommandLine, Terminal } from "../../command-line/command.ts";
import { CONNECTION_OPTIONS, findConnection } from "../../platform/connect.ts";
import { describeRun } from "./describe-run.ts";
import { JSON_OPTION, RUN_ARGUMENT } from "./run-argument.ts";
import { runId } from "./run-id.ts";

/** `notemill runs show`: a run and its attempts. */
export const showCommand: Command = {
  name: "runs show",
  summary: "Show a run: its status, attempts, and why it failed",
  arguments: [RUN_ARGUMENT],
  options: [JSON_OPTION, ...CONNECTION_OPTIONS],
  run: show,
};

async function show(parsed: ParsedCommandLine, terminal: Terminal): Promise<number> {
  const { options } = parsed;
  const [given = ""] = parsed.arguments;
  const client = createClient(await findConnection(options, terminal));
  const id = await runId(client, given);
  const run = await client.getRun(id);
  if (options.flag("json") === true) terminal.stdout.write(`${encodeWireJson(run)}\n`);
  else {
    const sweep = run.is_sweep ? await client.getSweep(id, { limit: 1 }) : undefined;
    terminal.stdout.write(`${describeRun(run, sweep)}\n`);
  }
  return 0;
}
