import { encodeWireJson, type Retention } from "@notemill/api";
import { createClient } from "@notemill/client";
import type { Command, ParsedCommandLine, Terminal } from "../../command-line/command.ts";
import { CONNECTION_OPTIONS, findConnection } from "../../platform/connect.ts";
import { textTable } from "../../text-table.ts";
import { JSON_OPTION } from "./run-argument.ts";

/** `notemill runs retention`: says which runs the server lets go. */
export const retentionCommand: Command = {
  name: "runs retention",
  summary: "Show which runs the server lets go by itself, and those that would go now",
  description:
    "The policy is given to notemill serve: --keep-runs, --keep-failed-runs, --keep-latest, --most-runs. Nothing goes by this command.",
  arguments: [],
  options: [JSON_OPTION, ...CONNECTION_OPTIONS],
  examples: [["notemill runs retention", "see what a policy does before long"]],
  run: retention,
};

async function retention({ options }: ParsedCommandLine, terminal: Terminal): Promise<number> {
  const client = createClient(await findConnection(options, terminal));
  const found = await client.getRetention({ limit: 1000 });
  const { stdout } = terminal;
  if (options.flag("json") === true) {
    stdout.write(`${encodeWireJson(found)}\n`);
    return 0;
  }
  const columns = ["Run", "Status", "Ended", "Notebook"].map((title) => ({ title }));
  const rows = found.runs.map(({ id, status, finished_at: ended, path }) => [id, status, ended, path]);
  if (rows.length > 0) stdout.write(`${textTable(columns, rows)}\n`);
  stdout.write(`${describePolicy(found.policy)}\n`);
  stdout.write(`${found.has_more ? "more than " : ""}${rows.length} runs would go now\n`);
  return 0;
}

function describePolicy(policy: Retention["policy"]): string {
  const { runs_days: days, failed_runs_days: failedDays, most_runs: most } = policy;
  const parts = [
    ...(days === null
      ? []
      : [
          `runs stay ${days} days, those that did not succeed ${failedDays} days, and the newest ${policy.keep_latest} of every notebook longer`,
        ]),
    ...(most === null
      ? []
      : [
          `the newest ${most} runs of every notebook stay, and among the newest ${policy.most_failed_runs} those that did not succeed`,
        ]),
  ];
  return parts.length === 0 ? "all runs stay" : parts.join("; ");
}
