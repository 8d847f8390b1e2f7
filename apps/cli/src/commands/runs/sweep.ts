import { createClient } from "@notemill/client";
import { encodeJson, RawJson } from "@notemill/json";
import { parametersToJson } from "@notemill/parameters";
import type { Command, OptionDefinition, ParsedCommandLine, Terminal } from "../../command-line/command.ts";
import { ENVIRONMENT_OPTION } from "../environments/environment-options.ts";
import { CONNECTION_OPTIONS, findConnection } from "../../platform/connect.ts";
import { tellWarnings } from "../../progress/tell-warnings.ts";
import { GRID_OPTIONS, readParameterSets } from "../read-parameter-sets.ts";
import { PARAMETER_OPTIONS, STRICT_OPTION } from "../run-options.ts";
import { IDEMPOTENCY_OPTION, JSON_OPTION } from "./run-argument.ts";
import { readWhat } from "./read-what.ts";
import { askedSettings, FILE_OPTION, SETTINGS_OPTIONS } from "./settings-options.ts";
import { tellStarted } from "./tell-started.ts";

/** How many runs of a sweep are under way at once. */
export const JOBS_OPTION: OptionDefinition = {
  name: "jobs",
  flags: ["--jobs", "-j"],
  values: ["N"],
  type: "integer",
  help: "How many runs may be under way at once. Default 4.",
};

/** Whether a sweep ends with the first run that did not succeed. */
export const FAIL_FAST_OPTION: OptionDefinition = {
  name: "failFast",
  flags: ["--fail-fast"],
  help: "Start no other run after one that did not succeed, and cancel those under way.",
};

/** `notemill runs sweep`: starts a sweep on a server. */
export const sweepCommand: Command = {
  name: "runs sweep",
  summary: "Run a notebook of the server once for each of many parameter sets",
  description:
    "The sweep is one run, the parent, which is watched, waited for and cancelled like any other; each set of parameters is a run of its own. " +
    "Its output notebook has the table of what they measured; notemill runs metrics prints it at any time.\n\n" +
    "Every set of parameters is checked before anything starts. The same sweep on this machine, without a server, is notemill sweep.",
  arguments: [
    {
      name: "PATH",
      help: "Notebook or script of the server, as ~/train.ipynb (put it into quotes), or a script on this machine, as train.py.",
    },
  ],
  options: [
    ...GRID_OPTIONS,
    JOBS_OPTION,
    FAIL_FAST_OPTION,
    ...PARAMETER_OPTIONS.filter(({ name }) => !name.startsWith("inject")),
    STRICT_OPTION,
    FILE_OPTION,
    ENVIRONMENT_OPTION,
    ...SETTINGS_OPTIONS,
    { ...IDEMPOTENCY_OPTION, help: "Commands with the same key start one sweep." },
    JSON_OPTION,
    ...CONNECTION_OPTIONS,
  ],
  examples: [
    [
      "notemill runs sweep '~/train.ipynb' --grid alpha=0.1,0.3 --grid depth=1..3 -j 2",
      "six runs, two at a time",
    ],
  ],
  run: sweep,
};

async function sweep(parsed: ParsedCommandLine, terminal: Terminal): Promise<number> {
  const { options } = parsed;
  const [path = ""] = parsed.arguments;
  const sets = await readParameterSets(options);
  const connection = await findConnection(options, terminal);
  const client = createClient(connection);
  const jobs = options.number("jobs");
  const key = options.text("idempotencyKey");
  const run = await client.submitSweep(
    {
      ...(await readWhat(path, terminal)),
      grid: new RawJson(encodeJson(sets.map(parametersToJson))),
      ...askedSettings(options),
      ...(jobs === undefined ? {} : { concurrency: jobs }),
      ...(options.flag("failFast") === true ? { on_failure: "stop" as const } : {}),
      ...(options.flag("strict") === true ? { strict: true } : {}),
      ...(options.isGiven("file") ? { files: [...options.texts("file")] } : {}),
    },
    key === undefined ? {} : { idempotencyKey: key },
  );
  tellWarnings(run.warnings, terminal);
  tellStarted(run, connection, options, terminal);
  return 0;
}
