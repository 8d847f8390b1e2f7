import { encodeWireJson } from "@notemill/api";
import { createClient } from "@notemill/client";
import type { Command, ParsedCommandLine, Terminal } from "../../command-line/command.ts";
import { CONNECTION_OPTIONS, findConnection } from "../../platform/connect.ts";
import { textTable } from "../../text-table.ts";
import { JSON_OPTION } from "../runs/run-argument.ts";
import { SCHEDULE_ARGUMENT, scheduleId } from "../schedules/schedule-argument.ts";
import { countsInWords, short } from "./describe-backfill.ts";

/** `notemill backfills list`: one page of the backfills of a schedule. */
export const listCommand: Command = {
  name: "backfills list",
  summary: "List the backfills of a schedule, newest first",
  arguments: [SCHEDULE_ARGUMENT],
  options: [
    {
      name: "limit",
      flags: ["--limit"],
      values: ["N"],
      type: "integer",
      help: "At most so many, up to 200. Default 50.",
    },
    { name: "before", flags: ["--before"], values: ["ID"], help: "Go on behind this one: the next page." },
    JSON_OPTION,
    ...CONNECTION_OPTIONS,
  ],
  run: list,
};

async function list(parsed: ParsedCommandLine, terminal: Terminal): Promise<number> {
  const { options } = parsed;
  const { stdout } = terminal;
  const [given = ""] = parsed.arguments;
  const client = createClient(await findConnection(options, terminal));
  const before = options.text("before");
  const limit = options.number("limit");
  const page = await client.listBackfills(await scheduleId(client, given), {
    ...(before === undefined ? {} : { before }),
    ...(limit === undefined ? {} : { limit }),
  });
  if (options.flag("json") === true) {
    stdout.write(`${encodeWireJson(page)}\n`);
    return 0;
  }
  const columns = ["Backfill", "From", "Until", "State", "Slots"].map((title) => ({ title }));
  const rows = page.backfills.map((it) => [
    it.id,
    short(it.from),
    short(it.until),
    it.state,
    countsInWords(it),
  ]);
  stdout.write(rows.length === 0 ? "no backfills\n" : `${textTable(columns, rows)}\n`);
  if (page.next !== null)
    stdout.write(`\nolder ones: notemill backfills list ${given} --before ${page.next}\n`);
  return 0;
}
