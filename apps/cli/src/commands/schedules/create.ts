import { encodeWireJson } from "@notemill/api";
import { createClient } from "@notemill/client";
import { encodeJson, type JsonValue, RawJson } from "@notemill/json";
import { type ParameterMap, parametersToJson } from "@notemill/parameters";
import type { Command, OptionValues, ParsedCommandLine, Terminal } from "../../command-line/command.ts";
import { CONNECTION_OPTIONS, findConnection } from "../../platform/connect.ts";
import { readParameters } from "../read-parameters.ts";
import { PARAMETER_OPTIONS } from "../run-options.ts";
import { JSON_OPTION } from "../runs/run-argument.ts";
import { askedSettings, SETTINGS_OPTIONS } from "../runs/settings-options.ts";
import { describeSchedule, nextSlotsTable } from "./describe-schedule.ts";
import { POLICY_OPTIONS, policiesOf, SPEC_OPTIONS, specOf } from "./schedule-options.ts";

/** `notemill schedules create`: runs a notebook again and again. */
export const createCommand: Command = {
  name: "schedules create",
  summary: "Run a notebook of the server at certain times",
  description:
    "Each slot becomes a run. A parameter that is ${…} is an expression over trigger.slot, interval.start and interval.end, worked out for each slot; --parameters_raw passes such text as it is, and in a file of parameters an expression is {cel: …}. The notebook and the parameters are checked with the next slot.",
  arguments: [
    { name: "PATH", help: "Notebook, as ~/report.ipynb or /shared/report.ipynb (put it into quotes)." },
  ],
  options: [
    ...SPEC_OPTIONS,
    {
      name: "name",
      flags: ["--name"],
      values: ["NAME"],
      help: "Name of the schedule. Default: that of the notebook.",
    },
    ...PARAMETER_OPTIONS.filter(({ name }) => !name.startsWith("inject")),
    {
      name: "file",
      flags: ["--file"],
      values: ["PATTERN"],
      repeatable: true,
      help: "A file that the notebook reads, relative to it; may be a pattern such as data/*.csv.",
    },
    {
      name: "promoted",
      flags: ["--promoted"],
      help: "Run the notebook as it is now, until notemill schedules promote. Default: as it is then.",
    },
    ...POLICY_OPTIONS,
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
  ],
  run: create,
};

async function create(parsed: ParsedCommandLine, terminal: Terminal): Promise<number> {
  const { options } = parsed;
  const [path = ""] = parsed.arguments;
  const spec = specOf(options);
  const policies = policiesOf(options);
  const given = withExpressions(await readParameters(options, { input: path, output: "" }), options);
  const parameters = new RawJson(encodeJson(parametersToJson(given)));
  const client = createClient(await findConnection(options, terminal));
  const isJson = options.flag("json") === true;
  if (options.flag("dryRun") === true) {
    const preview = await client.previewSchedule({ spec, parameters });
    const text = `${preview.in_words}\n\n${nextSlotsTable(preview.next_slots)}`;
    terminal.stdout.write(`${isJson ? encodeWireJson(preview) : text}\n`);
    return 0;
  }
  const name = options.text("name");
  const schedule = await client.createSchedule({
    path,
    spec,
    parameters,
    ...policies,
    ...askedSettings(options),
    ...(name === undefined ? {} : { name }),
    ...(options.isGiven("file") ? { files: [...options.texts("file")] } : {}),
    ...(options.flag("promoted") === true ? { follows: "promoted" as const } : {}),
  });
  terminal.stdout.write(`${isJson ? encodeWireJson(schedule) : describeSchedule(schedule)}\n`);
  return 0;
}

/** Makes expressions of the values of `-p` that are `${…}`. */
function withExpressions(parameters: ParameterMap, options: OptionValues): ParameterMap {
  const raw = new Set(options.pairs("parametersRaw").map(([name]) => name));
  const typed = new Set(options.pairs("parameters").map(([name]) => name));
  const read = (name: string, value: JsonValue): JsonValue => {
    if (typeof value !== "string" || raw.has(name) || !typed.has(name)) return value;
    const cel = /^\$\{([^]*)\}$/.exec(value)?.[1];
    return cel === undefined ? value : { cel };
  };
  return new Map([...parameters].map(([name, value]) => [name, read(name, value)]));
}
