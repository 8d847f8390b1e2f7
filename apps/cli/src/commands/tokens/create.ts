import { encodeWireJson, type TokenScope } from "@notemill/api";
import { createClient } from "@notemill/client";
import type { Command, ParsedCommandLine, Terminal } from "../../command-line/command.ts";
import { CONNECTION_OPTIONS, findConnection } from "../../platform/connect.ts";
import { expiryOf, expiryOption } from "../../platform/expiry.ts";
import { JSON_OPTION } from "../runs/run-argument.ts";

/** `notemill tokens create`: makes a token with a name. */
export const createCommand: Command = {
  name: "tokens create",
  summary: "Make a token for a program, a machine or a runner, and print it once",
  description:
    "The token is printed to standard output and cannot be shown again; the server keeps its hash. Send it as Authorization: Bearer, in $NOTEMILL_TOKEN or in the file that --token-file names.",
  arguments: [{ name: "NAME", help: "Tells it from others, as ci or 'laptop of ann'." }],
  options: [
    {
      name: "scope",
      flags: ["--scope"],
      values: ["SCOPE"],
      choices: ["full", "submit", "read", "runner"],
      help: "What it is good for: read changes nothing, submit also starts and cancels runs and so runs code, full is everything, runner is what notemill runner needs. Default read.",
    },
    expiryOption("until it is revoked"),
    JSON_OPTION,
    ...CONNECTION_OPTIONS,
  ],
  examples: [
    ["notemill tokens create ci --scope submit --expires 90d", "for a job that starts runs"],
    ["notemill tokens create gpu-1 --scope runner > runner-token", "for a runner on another machine"],
  ],
  run: create,
};

async function create(parsed: ParsedCommandLine, terminal: Terminal): Promise<number> {
  const { options } = parsed;
  const [name = ""] = parsed.arguments;
  const client = createClient(await findConnection(options, terminal));
  const scope = (options.text("scope") ?? "read") as TokenScope;
  const token = await client.createToken({ name, scope, ...expiryOf(options) });
  terminal.stdout.write(`${options.flag("json") === true ? encodeWireJson(token) : token.token}\n`);
  return 0;
}
