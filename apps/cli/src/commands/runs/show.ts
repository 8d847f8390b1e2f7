import { encodeWireJson } from "@notemill/api";
import { createClient } from "@notemill/client";
import type { Command, ParsedCommandLine, Terminal } from "../../command-line/command.ts";
import { CONNECTION_OPTIONS, findConnection } from "../../platform/connect.ts";
import { describeRun } from "./describe-run.ts";
import { JSON_OPTION, RUN_ARGUMENT } from "./run-argument.ts";

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
  const [id = ""] = parsed.arguments;
  const run = await createClient(await findConnection(options, terminal)).getRun(id);
  terminal.stdout.write(`${options.flag("json") === true ? encodeWireJson(run) : describeRun(run)}\n`);
  return 0;
}
