import { encodeWireJson } from "@notemill/api";
import { createClient } from "@notemill/client";
import type { Command, ParsedCommandLine, Terminal } from "../../command-line/command.ts";
import { CONNECTION_OPTIONS, findConnection } from "../../platform/connect.ts";
import { textTable } from "../../text-table.ts";
import { JSON_OPTION } from "../runs/run-argument.ts";
import { stateOf } from "./describe-schedule.ts";

/** `notemill schedules list`: one page of the schedules of a server. */
export const listCommand: Command = {
  name: "schedules list",
  summary: "List the schedules of the server, newest first",
  arguments: [],
  options: [
    {
      name: "limit",
      flags: ["--limit"],
      values: ["N"],
      type: "integer",
      help: "At most so many, up to 200. Default 50.",
    },
    {
      name: "before",
      flags: ["--before"],
      values: ["ID"],
      help: "Go on behind the schedule with this id: the next page.",
    },
    JSON_OPTION,
    ...CONNECTION_OPTIONS,
  ],
  run: list,
};

async function list({ options }: ParsedCommandLine, terminal: Terminal): Promise<number> {
  const { stdout } = terminal;
  const client = createClient(await findConnection(options, terminal));
  const before = options.text("before");
  const limit = options.number("limit");
  const page = await client.listSchedules({
    ...(before === undefined ? {} : { before }),
    ...(limit === undefined ? {} : { limit }),
  });
  if (options.flag("json") === true) {
    stdout.write(`${encodeWireJson(page)}\n`);
    return 0;
  }
  const columns = ["Schedule", "When", "Next", "State", "Runs"].map((title) => ({ title }));
  const rows = page.schedules.map((it) => [
    it.name,
    it.in_words,
    it.next_fire_at ?? "",
    it.paused !== null ? "paused" : it.stalled !== null ? "cannot be fired" : stateOf(it),
    it.path ?? `workflow ${it.workflow?.name ?? ""}`,
  ]);
  stdout.write(rows.length === 0 ? "no schedules\n" : `${textTable(columns, rows)}\n`);
  if (page.next !== null) stdout.write(`\nolder ones: notemill schedules list --before ${page.next}\n`);
  return 0;
}
