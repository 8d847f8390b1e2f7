import { encodeWireJson, type ListedRun } from "@notemill/api";
import { createClient } from "@notemill/client";
import { asTyped } from "../../command-line/as-typed.ts";
import type { Command, ParsedCommandLine, Terminal } from "../../command-line/command.ts";
import { parseDuration } from "../../command-line/parse-duration.ts";
import { UsageError } from "../../command-line/usage-error.ts";
import { CONNECTION_OPTIONS, findConnection } from "../../platform/connect.ts";
import { beforeOption, LIMIT_OPTION, olderOnes } from "../../platform/list-command.ts";
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
    { name: "tag", flags: ["--tag"], values: ["TAG"], help: "Only those with this tag." },
    { name: "path", flags: ["--path"], values: ["PATH"], help: "Only those of this notebook." },
    { name: "owner", flags: ["--owner"], values: ["USER"], help: "Only those of this user." },
    { name: "sweep", flags: ["--sweep"], values: ["RUN"], help: "Only the runs of this sweep." },
    {
      name: "children",
      flags: ["--children"],
      help: "List the runs of sweeps too. Without, each sweep is one, and is among the failed ones as soon as one of its runs has failed.",
    },
    {
      name: "since",
      flags: ["--since"],
      values: ["TIME"],
      help: "Only those that were asked for since then: a time such as 2026-11-28T08:00Z, or a duration such as 2h.",
    },
    LIMIT_OPTION,
    beforeOption("run", "RUN"),
    { name: "all", flags: ["--all"], help: "Print every page; with --json one run per line." },
    JSON_OPTION,
    ...CONNECTION_OPTIONS,
  ],
  examples: [
    ["notemill runs list --status failed --since 1d", "what went wrong lately"],
    [
      "notemill runs list --tag nightly --children --all --json",
      "everything with a tag, for a program: the runs of sweeps too",
    ],
  ],
  run: list,
};

async function list(parsed: ParsedCommandLine, terminal: Terminal): Promise<number> {
  const { options } = parsed;
  const { stdout } = terminal;
  const client = createClient(await findConnection(options, terminal));
  const isJson = options.flag("json") === true;
  const query = {
    status: options.text("status"),
    tag: options.text("tag"),
    path: options.text("path"),
    owner: options.text("owner"),
    sweep: options.text("sweep"),
    children: options.flag("children") === true,
    since: readSince(options.text("since"), Date.now()),
    before: options.text("before"),
    limit: options.number("limit"),
  };
  if (options.flag("all") !== true) {
    const page = await client.listRuns(query);
    if (isJson) stdout.write(`${encodeWireJson(page)}\n`);
    else {
      stdout.write(page.runs.length === 0 ? "no runs\n" : `${runTable(page.runs)}\n`);
      if (page.next !== null)
        stdout.write(asTyped(olderOnes(listCommand.name, listCommand.options, parsed, page.next), terminal));
    }
    return 0;
  }
  for (let before = query.before; ;) {
    const page = await client.listRuns({ ...query, before });
    if (isJson) for (const run of page.runs) stdout.write(`${encodeWireJson(run)}\n`);
    else if (page.runs.length > 0) stdout.write(`${runTable(page.runs)}\n`);
    if (page.next === null) return 0;
    before = page.next;
  }
}

function runTable(runs: readonly ListedRun[]): string {
  const columns = ["Run", "Status", "Asked", "Notebook", "Tags"].map((title) => ({ title }));
  const rows = runs.map((run) => [run.id, statusText(run), run.created_at, run.path, run.tags.join(" ")]);
  return textTable(columns, rows);
}

/** The status of a run; of a sweep with what has become of its runs: `running, 4 of 9: 1 failed`. */
function statusText({ status, children }: Pick<ListedRun, "status" | "children">): string {
  if (children === null) return status;
  const { succeeded, ...others } = children.counts;
  const bad = Object.entries(others).filter(([, count]) => count > 0);
  const done = bad.reduce((sum, [, count]) => sum + count, succeeded);
  const endings = bad.map(([name, count]) => `${count} ${name}`).join(", ");
  return `${status}, ${done} of ${children.total}${endings === "" ? "" : `: ${endings}`}`;
}

function readSince(text: string | undefined, nowMs: number): string | undefined {
  if (text === undefined) return undefined;
  const seconds = parseDuration(text);
  const time = seconds === undefined ? new Date(text) : new Date(nowMs - seconds * 1000);
  if (Number.isNaN(time.getTime()))
    throw new UsageError(`option --since: "${text}" is neither a time nor a duration`);
  return time.toISOString();
}
