import { encodeWireJson } from "@notemill/api";
import { createClient } from "@notemill/client";
import { encodeJson, RawJson } from "@notemill/json";
import { parametersToJson } from "@notemill/parameters";
import type { Command, ParsedCommandLine, Terminal } from "../../command-line/command.ts";
import { UsageError } from "../../command-line/usage-error.ts";
import { CONNECTION_OPTIONS, findConnection } from "../../platform/connect.ts";
import { tellWarnings } from "../../progress/tell-warnings.ts";
import { ENVIRONMENT_OPTION } from "../environments/environment-options.ts";
import { JSON_OPTION } from "../runs/run-argument.ts";
import { checkWhenOver, TEST_OPTION } from "../runs/check.ts";
import { askedSettings, SETTINGS_OPTIONS } from "../runs/settings-options.ts";
import { describeSchedule, nextSlotsTable } from "./describe-schedule.ts";
import { scheduleId } from "./schedule-argument.ts";
import { FILE_OPTION, POLICY_OPTIONS, policiesOf, SPEC_OPTIONS, specOf } from "./schedule-options.ts";
import { sweepOf, SWEEP_OPTIONS } from "./sweep-options.ts";
import { describeWebhook } from "./secret.ts";
import { readSlotParameters, SLOT_PARAMETER_OPTIONS } from "./slot-parameters.ts";

/** `notemill schedules create`: runs a notebook again and again. */
export const createCommand: Command = {
  name: "schedules create",
  summary: "Run a notebook of the server, or a workflow, at certain times, or when something happens",
  description:
    "Each slot becomes a run. A parameter that is ${…} is an expression over trigger.slot, interval.start and interval.end, or trigger.body of an event, worked out for each slot; --parameters_raw passes such text as it is, and in a file of parameters an expression is {cel: …}. The notebook and the parameters are checked with the next slot.",
  arguments: [
    {
      name: "PATH",
      help: "Notebook, as ~/report.ipynb or /shared/report.ipynb (put it into quotes).",
      optional: true,
    },
  ],
  options: [
    ...SPEC_OPTIONS,
    {
      name: "workflow",
      flags: ["--workflow"],
      values: ["NAME"],
      help: "Start this workflow, by its active version, in place of a notebook.",
    },
    {
      name: "name",
      flags: ["--name"],
      values: ["NAME"],
      help: "Name of the schedule. Default: that of the notebook or the workflow.",
    },
    ...SLOT_PARAMETER_OPTIONS,
    ...SWEEP_OPTIONS,
    FILE_OPTION,
    {
      name: "promoted",
      flags: ["--promoted"],
      help: "Run the notebook as it is now, until notemill schedules promote. Default: as it is then.",
    },
    ...POLICY_OPTIONS,
    ENVIRONMENT_OPTION,
    TEST_OPTION,
    ...SETTINGS_OPTIONS,
    {
      name: "dryRun",
      flags: ["--dry-run"],
      help: "Only show the next slots; the notebook is not looked at.",
    },
    JSON_OPTION,
    ...CONNECTION_OPTIONS,
  ],
  examples: [
    [
      "notemill schedules create '~/report.ipynb' --cron '0 6 * * *' --tz Europe/London -p day '${trigger.slot.date(\"Europe/London\")}'",
      "every morning, with that day as a parameter",
    ],
    [
      "notemill schedules create '~/check.ipynb' --every 15m --concurrency first-only",
      "every quarter of an hour",
    ],
    [
      "notemill schedules create '~/audit.ipynb' --cron '0 6 * * *' --grid region=north,south,west",
      "a sweep every morning",
    ],
    [
      "notemill schedules create '~/load.ipynb' --on-file '~/in/*.csv' -p path '${trigger.body.path}'",
      "for each file that appears",
    ],
  ],
  run: create,
};

async function create(parsed: ParsedCommandLine, terminal: Terminal): Promise<number> {
  const { options } = parsed;
  const [path] = parsed.arguments;
  const workflow = options.text("workflow");
  if ((path === undefined) === (workflow === undefined))
    throw new UsageError("say what: the path of a notebook, or --workflow");
  const policies = policiesOf(options);
  const given = await readSlotParameters(options);
  const sweep = await sweepOf(options);
  const parameters = new RawJson(encodeJson(parametersToJson(given)));
  const connection = await findConnection(options, terminal);
  const client = createClient(connection);
  const spec = await specOf(options, (name) => scheduleId(client, name));
  const isJson = options.flag("json") === true;
  if (options.flag("dryRun") === true) {
    const preview = await client.previewSchedule({ spec, parameters });
    const clock = preview.clock_change === null ? "" : `\n${preview.clock_change.in_words}`;
    const text = `${preview.in_words}${clock}\n\n${nextSlotsTable(preview.next_slots)}`;
    terminal.stdout.write(`${isJson ? encodeWireJson(preview) : text}\n`);
    return 0;
  }
  const files = options.isGiven("file") ? { files: [...options.texts("file")] } : {};
  if (options.flag("test") === true) {
    if (sweep !== undefined) throw new UsageError("option --test is for schedules of one run a slot");
    if (path === undefined || !(spec.kind === "cron" || spec.kind === "interval" || spec.kind === "once"))
      throw new UsageError("option --test goes with a notebook and --cron, --every or --at");
    const { next_slots: slots } = await client.previewSchedule({ spec, parameters, count: 1 });
    const first = slots[0] === undefined ? {} : { parameters: slots[0].parameters };
    const run = await client.submitRun({ path, ...first, ...askedSettings(options), ...files });
    const isWell = await checkWhenOver(client, run.id, { stream: terminal.stderr, isJson: false });
    if (!isWell) {
      terminal.stderr.write("the schedule was not made; leave --test out to make it all the same\n");
      return 1;
    }
  }
  const name = options.text("name");
  const schedule = await client.createSchedule({
    ...(path === undefined ? {} : { path }),
    ...(workflow === undefined ? {} : { workflow }),
    spec,
    parameters,
    ...(sweep === undefined ? {} : { sweep }),
    ...policies,
    ...askedSettings(options),
    ...(name === undefined ? {} : { name }),
    ...files,
    ...(options.flag("promoted") === true ? { follows: "promoted" as const } : {}),
  });
  tellWarnings(schedule.warnings, terminal);
  const webhook = spec.kind === "webhook" ? await client.renewWebhookSecret(schedule.id) : undefined;
  if (isJson) terminal.stdout.write(`${encodeWireJson({ ...schedule, webhook })}\n`);
  else {
    const secret = webhook === undefined ? "" : `\n\n${describeWebhook(webhook, connection.serverUrl)}`;
    terminal.stdout.write(`${describeSchedule(schedule)}${secret}\n`);
  }
  return 0;
}
