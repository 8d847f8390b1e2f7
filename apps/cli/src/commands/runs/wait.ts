import { encodeWireJson } from "@notemill/api";
import { createClient } from "@notemill/client";
import type { Command, ParsedCommandLine, Terminal } from "../../command-line/command.ts";
import { CONNECTION_OPTIONS, findConnection } from "../../platform/connect.ts";
import { describeRun, runExitCode } from "./describe-run.ts";
import { JSON_OPTION, RUN_ARGUMENT } from "./run-argument.ts";
import { runId } from "./run-id.ts";

/** How often in a row a server that is away is asked again: half a minute. */
export const RETRIES = 60;

/** `notemill runs wait`: waits for the end of a run and ends as it did. */
export const waitCommand: Command = {
  name: "runs wait",
  summary: "Wait until a run is over, and exit with its outcome",
  description:
    "The exit code is 0 when the run succeeded and another one when it did not. The run goes on when this command is ended.",
  arguments: [RUN_ARGUMENT],
  options: [JSON_OPTION, ...CONNECTION_OPTIONS],
  examples: [
    [
      "notemill runs wait \"$(notemill runs submit '~/report.ipynb')\"",
      "run a notebook on the server as a step of a script",
    ],
  ],
  run: wait,
};

async function wait(parsed: ParsedCommandLine, terminal: Terminal): Promise<number> {
  const { options } = parsed;
  const [given = ""] = parsed.arguments;
  const client = createClient(await findConnection(options, terminal));
  const id = await runId(client, given);
  for await (const event of client.followRun(id, { retries: RETRIES })) void event;
  const run = await client.getRun(id);
  terminal.stdout.write(`${options.flag("json") === true ? encodeWireJson(run) : describeRun(run)}\n`);
  return runExitCode(run);
}
