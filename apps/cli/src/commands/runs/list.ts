import { encodeWireJson } from "@notemill/api";
import { createClient } from "@notemill/client";
import type { Command, ParsedCommandLine, Terminal } from "../../command-line/command.ts";
import { CONNECTION_OPTIONS, findConnection } from "../../platform/connect.ts";
import { textTable } from "../../text-table.ts";
import { JSON_OPTION } from "./run-argument.ts";

const STATUSES = ["queued", "starting", "running", "succeeded", "failed", "cancelled", "timed_out", "lost"];

/** `notemill runs list`: one page of the runs of a server. */
export const listCommand: Command = {
  name: "runs list",
  summary: "List the runs of the server, newest first",
  arguments: [],
  options: [
    {
      name: "status",
      flags: ["--status"],
      values: ["STATUS"],
      choices: STATUSES,
      help: "Only those in this status.",
    },
    {
      name: "limit",
      flags: ["--limit"],
      values: ["N"],
      type: "integer",
      help: "At most so many, up to 200. Default 50.",
    },
    { name: "before", flags: ["--before"], values: ["RUN"], help: "Go on behind this run: the next page." },
    JSON_OPTION,
    ...CONNECTION_OPTIONS,
  ],
  examples: [["notemill runs list --status failed", "what went wrong lately"]],
  run: list,
};

async function list({ options }: ParsedCommandLine, terminal: Terminal): Promise<number> {
  const { stdout } = terminal;
  const client = createClient(await findConnection(options, terminal));
  const status = options.text("status");
  const before = options.text("before");
  const limit = options.number("limit");
  const page = await client.listRuns({
    ...(status === undefined ? {} : { status }),
    ...(before === undefined ? {} : { before }),
    ...(limit === undefined ? {} : { limit }),
  });
  if (options.flag("json") === true) {
    stdout.write(`${encodeWireJson(page)}\n`);
    return 0;
  }
  const columns = ["Run", "Status", "Asked", "Notebook"].map((title) => ({ title }));
  const rows = page.runs.map(({ id, status, created_at: asked, path }) => [id, status, asked, path]);
  stdout.write(rows.length === 0 ? "no runs\n" : `${textTable(columns, rows)}\n`);
  if (page.next !== null) stdout.write(`\nolder ones: notemill runs list --before ${page.next}\n`);
  return 0;
}
