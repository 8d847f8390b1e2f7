import { encodeWireJson } from "@notemill/api";
import { createClient } from "@notemill/client";
import type { Command, ParsedCommandLine, Terminal } from "../../command-line/command.ts";
import { CONNECTION_OPTIONS, findConnection } from "../../platform/connect.ts";
import { IDEMPOTENCY_OPTION, JSON_OPTION, RUN_ARGUMENT } from "./run-argument.ts";
import { runId } from "./run-id.ts";
import { JOBS_OPTION } from "./sweep.ts";

/** `notemill runs retry`: makes the runs of a sweep again that did not succeed. */
export const retryCommand: Command = {
  name: "runs retry",
  summary: "Make those runs of a sweep again that did not succeed",
  description:
    "The new sweep reads the source of the earlier one, has its settings, and names it as rerun_of. Runs that succeeded are taken over with what they measured.",
  arguments: [{ ...RUN_ARGUMENT, help: "Id of the sweep." }],
  options: [
    { ...JOBS_OPTION, help: "How many runs may be under way at once. Default: as before." },
    { ...IDEMPOTENCY_OPTION, help: "Commands with the same key start one sweep." },
    JSON_OPTION,
    ...CONNECTION_OPTIONS,
  ],
  run: retry,
};

async function retry(parsed: ParsedCommandLine, terminal: Terminal): Promise<number> {
  const { options } = parsed;
  const [given = ""] = parsed.arguments;
  const client = createClient(await findConnection(options, terminal));
  const id = await runId(client, given);
  const jobs = options.number("jobs");
  const key = options.text("idempotencyKey");
  const run = await client.retrySweep(
    id,
    jobs === undefined ? {} : { concurrency: jobs },
    key === undefined ? {} : { idempotencyKey: key },
  );
  terminal.stdout.write(`${options.flag("json") === true ? encodeWireJson(run) : run.id}\n`);
  return 0;
}
