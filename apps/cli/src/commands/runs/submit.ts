import { createClient } from "@notemill/client";
import { encodeJson, RawJson } from "@notemill/json";
import { parametersToJson } from "@notemill/parameters";
import type { Command, ParsedCommandLine, Terminal } from "../../command-line/command.ts";
import { CONNECTION_OPTIONS, findConnection } from "../../platform/connect.ts";
import { tellWarnings } from "../../progress/tell-warnings.ts";
import { ENVIRONMENT_OPTION } from "../environments/environment-options.ts";
import { readParameters } from "../read-parameters.ts";
import { RULE_OPTIONS, rulesOf } from "../deliveries/rule-options.ts";
import { PARAMETER_OPTIONS, STRICT_OPTION } from "../run-options.ts";
import { checkWhenOver, TEST_OPTION } from "./check.ts";
import { IDEMPOTENCY_OPTION, JSON_OPTION } from "./run-argument.ts";
import { readWhat } from "./read-what.ts";
import { askedSettings, FILE_OPTION, SETTINGS_OPTIONS } from "./settings-options.ts";
import { tellStarted } from "./tell-started.ts";

/** `notemill runs submit`: starts a run on a server. */
export const submitCommand: Command = {
  name: "runs submit",
  summary: "Run a notebook or a script with parameters on the server",
  description:
    "The notebook is read when it is submitted: later changes of the file do not change the run. Parameters that do not fit what the notebook declares are refused.\n\n" +
    "A script (.sql, .py, .R, .scala, .ts, .sh) is run as the notebook that is made around it.",
  arguments: [
    {
      name: "PATH",
      help: "Notebook or script of the server, as ~/report.ipynb or /shared/load.sql (put it into quotes), or a script on this machine, as load.sql or ./load.sql.",
    },
  ],
  options: [
    ...PARAMETER_OPTIONS.filter(({ name }) => !name.startsWith("inject")),
    STRICT_OPTION,
    FILE_OPTION,
    ENVIRONMENT_OPTION,
    TEST_OPTION,
    ...SETTINGS_OPTIONS,
    ...RULE_OPTIONS,
    IDEMPOTENCY_OPTION,
    JSON_OPTION,
    ...CONNECTION_OPTIONS,
  ],
  examples: [
    ["notemill runs submit '~/report.ipynb' -p alpha 0.6", "prints the id of the run"],
    ["notemill runs submit load.sql -p day 2026-11-01", "runs a script that is on this machine"],
    ["notemill runs submit '~/load.ipynb' --retries user=2 --timeout 1h", "tries failing cells again, twice"],
  ],
  run: submit,
};

async function submit(parsed: ParsedCommandLine, terminal: Terminal): Promise<number> {
  const { options } = parsed;
  const [path = ""] = parsed.arguments;
  const parameters = await readParameters(options, { input: path, output: "" });
  const connection = await findConnection(options, terminal);
  const client = createClient(connection);
  const key = options.text("idempotencyKey");
  const run = await client.submitRun(
    {
      ...(await readWhat(path, terminal)),
      parameters: new RawJson(encodeJson(parametersToJson(parameters))),
      ...askedSettings(options),
      ...(options.isGiven("deliver") ? { deliveries: rulesOf(options) } : {}),
      ...(options.flag("strict") === true ? { strict: true } : {}),
      ...(options.isGiven("file") ? { files: [...options.texts("file")] } : {}),
    },
    key === undefined ? {} : { idempotencyKey: key },
  );
  tellWarnings(run.warnings, terminal);
  if (options.flag("test") === true) {
    const isJson = options.flag("json") === true;
    return (await checkWhenOver(client, run.id, { stream: terminal.stdout, isJson })) ? 0 : 1;
  }
  tellStarted(run, connection, options, terminal);
  return 0;
}
