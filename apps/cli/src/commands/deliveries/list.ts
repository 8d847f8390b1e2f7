import { type Delivery, encodeWireJson } from "@notemill/api";
import { createClient } from "@notemill/client";
import type { Command, ParsedCommandLine, Terminal } from "../../command-line/command.ts";
import { CONNECTION_OPTIONS, findConnection } from "../../platform/connect.ts";
import { textTable } from "../../text-table.ts";
import { JSON_OPTION } from "../runs/run-argument.ts";
import { scheduleId } from "../schedules/schedule-argument.ts";
import { describeTarget } from "./describe-rules.ts";

/** `notemill deliveries list`: the outbox of a server. */
export const listCommand: Command = {
  name: "deliveries list",
  summary: "List what was told, is to be told, or could not be, newest first",
  arguments: [],
  options: [
    {
      name: "state",
      flags: ["--state"],
      values: ["STATE"],
      choices: ["waiting", "sent", "given_up"],
      help: "Only those in this state.",
    },
    { name: "schedule", flags: ["--schedule"], values: ["SCHEDULE"], help: "Only those of this schedule." },
    { name: "run", flags: ["--run"], values: ["RUN"], help: "Only those of this run." },
    {
      name: "workflowRun",
      flags: ["--workflow-run"],
      values: ["WORKFLOW_RUN"],
      help: "Only those of this workflow-run.",
    },
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
      values: ["N"],
      type: "integer",
      help: "Go on behind the delivery with this number: the next page.",
    },
    JSON_OPTION,
    ...CONNECTION_OPTIONS,
  ],
  run: list,
};

async function list({ options }: ParsedCommandLine, terminal: Terminal): Promise<number> {
  const { stdout } = terminal;
  const client = createClient(await findConnection(options, terminal));
  const schedule = options.text("schedule");
  const page = await client.listDeliveries({
    state: options.text("state") as Delivery["state"] | undefined,
    schedule: schedule === undefined ? undefined : await scheduleId(client, schedule),
    run: options.text("run"),
    workflow_run: options.text("workflowRun"),
    before: options.number("before"),
    limit: options.number("limit"),
  });
  if (options.flag("json") === true) {
    stdout.write(`${encodeWireJson(page)}\n`);
    return 0;
  }
  const columns = ["Number", "Event", "To", "State", "Run"].map((title) => ({ title }));
  const rows = page.deliveries.map((it) => [
    `${it.id}`,
    it.event,
    describeTarget(it.to),
    stateOf(it),
    it.run_id ?? it.workflow_run_id ?? "",
  ]);
  stdout.write(rows.length === 0 ? "no deliveries\n" : `${textTable(columns, rows)}\n`);
  if (page.next !== null) stdout.write(`\nolder ones: notemill deliveries list --before ${page.next}\n`);
  return 0;
}

function stateOf({ state, attempts, problem }: Delivery): string {
  if (problem === null) return state;
  return `${state} (${attempts} ${attempts === 1 ? "attempt" : "attempts"}): ${problem}`;
}
