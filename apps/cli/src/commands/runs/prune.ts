import { encodeWireJson, type Pruned } from "@notemill/api";
import { createClient } from "@notemill/client";
import type { Command, ParsedCommandLine, Terminal } from "../../command-line/command.ts";
import { UsageError } from "../../command-line/usage-error.ts";
import { CONNECTION_OPTIONS, findConnection } from "../../platform/connect.ts";
import { textTable } from "../../text-table.ts";
import { JSON_OPTION } from "./run-argument.ts";

/** `notemill runs prune`: lets old runs go. */
export const pruneCommand: Command = {
  name: "runs prune",
  summary: "Remove the events and files of old runs, and leave a tombstone",
  description:
    "The run, its status and its place in the chain of records stay, so notemill runs verify still knows them all. The newest runs of every notebook stay too, and runs that did not succeed stay four times as long.",
  arguments: [],
  options: [
    {
      name: "olderThan",
      flags: ["--older-than"],
      values: ["DURATION"],
      type: "duration",
      help: "Runs that ended longer ago than this, such as 90d.",
    },
    {
      name: "failedOlderThan",
      flags: ["--failed-older-than"],
      values: ["DURATION"],
      type: "duration",
      help: "The same for runs that did not succeed. Default four times as long.",
    },
    {
      name: "keep",
      flags: ["--keep"],
      values: ["N"],
      type: "integer",
      help: "The newest runs of every notebook that stay however old they are. Default 1.",
    },
    { name: "dryRun", flags: ["--dry-run"], help: "Only say which would go, at most 1000." },
    JSON_OPTION,
    ...CONNECTION_OPTIONS,
  ],
  examples: [
    ["notemill runs prune --older-than 90d --keep 10 --dry-run", "see what would go"],
    ["notemill runs prune --older-than 90d --keep 10", "let it go"],
  ],
  run: prune,
};

async function prune({ options }: ParsedCommandLine, terminal: Terminal): Promise<number> {
  const olderThan = options.number("olderThan");
  if (olderThan === undefined) throw new UsageError("say how old runs have to be: --older-than 90d");
  const client = createClient(await findConnection(options, terminal));
  const failed = options.number("failedOlderThan");
  const keep = options.number("keep");
  const isDry = options.flag("dryRun") === true;
  const request = {
    older_than_days: olderThan / DAY,
    ...(failed === undefined ? {} : { failed_older_than_days: failed / DAY }),
    ...(keep === undefined ? {} : { keep_latest: keep }),
    limit: isDry ? 1000 : 100,
    dry_run: isDry,
  };
  const runs: Pruned["runs"] = [];
  for (let hasMore = true; hasMore;) {
    const page = await client.pruneRuns(request);
    runs.push(...page.runs);
    hasMore = page.has_more && !isDry;
  }
  const { stdout } = terminal;
  if (options.flag("json") === true) {
    stdout.write(`${encodeWireJson({ runs })}\n`);
    return 0;
  }
  const columns = ["Run", "Status", "Ended", "Notebook"].map((title) => ({ title }));
  const rows = runs.map(({ id, status, finished_at: ended, path }) => [id, status, ended, path]);
  if (rows.length > 0) stdout.write(`${textTable(columns, rows)}\n`);
  stdout.write(`${runs.length} runs ${isDry ? "would go" : "have gone"}\n`);
  return 0;
}

/** In seconds. */
const DAY = 86_400;
