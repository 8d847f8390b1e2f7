import { encodeWireJson, type ScheduleDetail, type UpdateSchedule } from "@notemill/api";
import { createClient, type PlatformClient } from "@notemill/client";
import { encodeJson, isJsonObject, type JsonObject, parseJson, RawJson } from "@notemill/json";
import { parametersToJson } from "@notemill/parameters";
import type { Command, OptionValues, ParsedCommandLine, Terminal } from "../../command-line/command.ts";
import { UsageError } from "../../command-line/usage-error.ts";
import { ENVIRONMENT_OPTION } from "../environments/environment-options.ts";
import { CONNECTION_OPTIONS, findConnection } from "../../platform/connect.ts";
import { tellWarnings } from "../../progress/tell-warnings.ts";
import { JSON_OPTION } from "../runs/run-argument.ts";
import { askedSettings, SETTINGS_OPTIONS } from "../runs/settings-options.ts";
import { describeSchedule } from "./describe-schedule.ts";
import { SCHEDULE_ARGUMENT, scheduleId } from "./schedule-argument.ts";
import {
  FILE_OPTION,
  hasSpec,
  POLICY_OPTIONS,
  policiesOf,
  SPEC_OPTIONS,
  specOf,
} from "./schedule-options.ts";
import { CHANGED_SWEEP_OPTIONS, namesSweep, sweepAfter } from "./sweep-options.ts";
import { readSlotParameters, SLOT_PARAMETER_OPTIONS } from "./slot-parameters.ts";

/** `notemill schedules update`: changes a schedule. */
export const updateCommand: Command = {
  name: "schedules update",
  summary: "Change a schedule; what is not named stays as it is",
  description:
    "Parameters that are named are changed or added, the others stay; --without takes one away. What is not named of a sweep stays too; --no-zip and --no-fail-fast turn back what it has, and --no-sweep ends it. With another spec the schedule goes on from now. What comes of it is checked as when a schedule is made.",
  arguments: [SCHEDULE_ARGUMENT],
  options: [
    { name: "name", flags: ["--name"], values: ["NAME"], help: "Another name." },
    {
      name: "path",
      flags: ["--path"],
      values: ["PATH"],
      help: "Another notebook, as ~/report.ipynb (put it into quotes).",
    },
    ...SPEC_OPTIONS,
    ...SLOT_PARAMETER_OPTIONS,
    ...CHANGED_SWEEP_OPTIONS,
    {
      name: "noSweep",
      flags: ["--no-sweep"],
      help: "Each slot is one run again, and no sweep.",
    },
    {
      name: "without",
      flags: ["--without"],
      values: ["NAME"],
      repeatable: true,
      help: "A parameter that the runs are not given any more.",
    },
    FILE_OPTION,
    {
      name: "follows",
      flags: ["--follows"],
      values: ["WHAT"],
      choices: ["workspace", "promoted"],
      help: "What a run reads: the notebook as it is then, or as it was promoted.",
    },
    ...POLICY_OPTIONS,
    ENVIRONMENT_OPTION,
    ...SETTINGS_OPTIONS,
    JSON_OPTION,
    ...CONNECTION_OPTIONS,
  ],
  examples: [
    ["notemill schedules update report --cron '30 5 * * 1-5' -p region north", "another time and value"],
  ],
  run: update,
};

async function update(parsed: ParsedCommandLine, terminal: Terminal): Promise<number> {
  const { options } = parsed;
  const [given = ""] = parsed.arguments;
  const client = createClient(await findConnection(options, terminal));
  const before = await client.getSchedule(await scheduleId(client, given));
  const changes = await changesOf(client, before, options);
  if (Object.keys(changes).length === 0)
    throw new UsageError("nothing to change; notemill schedules update --help says what can be");
  const schedule = await client.updateSchedule(before.id, changes);
  tellWarnings(schedule.warnings, terminal);
  const text = options.flag("json") === true ? encodeWireJson(schedule) : describeSchedule(schedule);
  terminal.stdout.write(`${text}\n`);
  return 0;
}

async function changesOf(
  client: PlatformClient,
  before: ScheduleDetail,
  options: OptionValues,
): Promise<UpdateSchedule> {
  const name = options.text("name");
  const path = options.text("path");
  const follows = options.text("follows") as UpdateSchedule["follows"];
  const parameters = await changedParameters(before, options);
  const { timeouts, ...settings } = askedSettings(options);
  const asked = Object.values(timeouts ?? {}).some((it) => it !== undefined) ? { timeouts } : {};
  return {
    ...(name === undefined ? {} : { name }),
    ...(path === undefined ? {} : { path }),
    ...(hasSpec(options) ? { spec: await specOf(options, (given) => scheduleId(client, given)) } : {}),
    ...(parameters === null ? {} : { parameters: new RawJson(encodeJson(parameters)) }),
    ...(options.isGiven("file") ? { files: [...options.texts("file")] } : {}),
    ...(follows === undefined ? {} : { follows }),
    ...(await changedSweep(before, options)),
    ...policiesOf(options),
    ...settings,
    ...asked,
  };
}

async function changedSweep(
  { sweep: before }: ScheduleDetail,
  options: OptionValues,
): Promise<Pick<UpdateSchedule, "sweep">> {
  if (options.flag("noSweep") === true) {
    if (!namesSweep(options)) return { sweep: null };
    throw new UsageError("option --no-sweep and those of a sweep contradict each other");
  }
  const sweep = await sweepAfter(before, options);
  return sweep === undefined ? {} : { sweep };
}

/** The parameters as they are to be, or null where none is named. */
async function changedParameters(
  { parameters }: ScheduleDetail,
  options: OptionValues,
): Promise<JsonObject | null> {
  const named = await readSlotParameters(options);
  const without = options.texts("without");
  if (named.size === 0 && without.length === 0) return null;
  const before = parseJson(parameters.text);
  const merged = { ...(isJsonObject(before) ? before : {}), ...parametersToJson(named) };
  return Object.fromEntries(Object.entries(merged).filter(([name]) => !without.includes(name)));
}
