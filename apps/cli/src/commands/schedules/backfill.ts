import { setTimeout as sleep } from "node:timers/promises";
import { type Backfill, encodeWireJson } from "@notemill/api";
import { createClient, type PlatformClient } from "@notemill/client";
import type { Command, ParsedCommandLine, Terminal } from "../../command-line/command.ts";
import { CONNECTION_OPTIONS, findConnection } from "../../platform/connect.ts";
import { describeBackfill, planTable } from "../backfills/describe-backfill.ts";
import { tellWarnings } from "../../progress/tell-warnings.ts";
import { JSON_OPTION } from "../runs/run-argument.ts";
import { SCHEDULE_ARGUMENT, scheduleId } from "./schedule-argument.ts";

/** How often a backfill is looked at that somebody waits for, in milliseconds. */
const LOOK_MS = 500;

/** `notemill schedules backfill`: makes runs for the slots of a range. */
export const backfillCommand: Command = {
  name: "schedules backfill",
  summary: "Make a run for each slot of a range of time",
  description:
    "A parameter has to follow the slot, else all runs would be the same; of a workflow a step may. --dry-run shows the slots with the values that their runs would get. All runs read the notebook as it is now, or as it was promoted; all starts of a workflow take the version that is active now. A range has at most 1,000 slots, and where each is a sweep at most 10,000 runs in all.",
  arguments: [SCHEDULE_ARGUMENT],
  options: [
    {
      name: "from",
      flags: ["--from"],
      values: ["TIME"],
      help: "The beginning of the range, as 2026-03-01 in the schedule's time zone, or 2026-03-01T06:00:00Z.",
    },
    {
      name: "until",
      flags: ["--until"],
      values: ["TIME"],
      help: "The end of the range, which is not in it.",
    },
    {
      name: "concurrency",
      flags: ["--concurrency"],
      values: ["N"],
      type: "integer",
      help: "The most of its runs at a time, up to 100. Default 1.",
    },
    {
      name: "onlyMissing",
      flags: ["--only-missing"],
      help: "Leave out slots for which a run has succeeded already.",
    },
    { name: "dryRun", flags: ["--dry-run"], help: "Only show what would be run." },
    { name: "wait", flags: ["--wait"], help: "Wait until it is over, and exit with 1 unless all succeeded." },
    JSON_OPTION,
    ...CONNECTION_OPTIONS,
  ],
  examples: [
    [
      "notemill schedules backfill report --from 2026-03-01 --until 2026-04-01 --dry-run",
      "the runs of March, with their parameters",
    ],
    ["notemill schedules backfill report --from 2026-03-01 --until 2026-04-01 --concurrency 4", "start them"],
  ],
  run: backfill,
};

async function backfill(parsed: ParsedCommandLine, terminal: Terminal): Promise<number> {
  const { options } = parsed;
  const [given = ""] = parsed.arguments;
  const client = createClient(await findConnection(options, terminal));
  const id = await scheduleId(client, given);
  const concurrency = options.number("concurrency");
  const range = {
    from: options.text("from") ?? "",
    until: options.text("until") ?? "",
    ...(concurrency === undefined ? {} : { concurrency }),
    only_missing: options.flag("onlyMissing") === true,
  };
  const isJson = options.flag("json") === true;
  const print = (text: string): void => void terminal.stdout.write(`${text}\n`);
  if (options.flag("dryRun") === true) {
    const plan = await client.previewBackfill(id, range);
    tellWarnings(plan.warnings, terminal);
    print(isJson ? encodeWireJson(plan) : planTable(plan));
    return 0;
  }
  const { warnings, ...made } = await client.createBackfill(id, range);
  tellWarnings(warnings, terminal);
  const shown = options.flag("wait") === true ? await untilOver(client, made, terminal.interrupted) : made;
  print(isJson ? encodeWireJson(shown) : describeBackfill(shown));
  return options.flag("wait") === true && shown.state !== "succeeded" ? 1 : 0;
}

async function untilOver(client: PlatformClient, made: Backfill, signal: AbortSignal): Promise<Backfill> {
  let latest = made;
  while (latest.finished_at === null) {
    await sleep(LOOK_MS, undefined, { signal });
    latest = await client.getBackfill(made.id, { signal });
  }
  return latest;
}
