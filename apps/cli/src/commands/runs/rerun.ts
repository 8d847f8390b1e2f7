import { createClient } from "@notemill/client";
import { encodeJson, RawJson } from "@notemill/json";
import { parametersToJson } from "@notemill/parameters";
import type { Command, ParsedCommandLine, Terminal } from "../../command-line/command.ts";
import { CONNECTION_OPTIONS, findConnection } from "../../platform/connect.ts";
import { tellWarnings } from "../../progress/tell-warnings.ts";
import { readParameters } from "../read-parameters.ts";
import { PARAMETER_OPTIONS } from "../run-options.ts";
import { IDEMPOTENCY_OPTION, JSON_OPTION, RUN_ARGUMENT } from "./run-argument.ts";
import { runId } from "./run-id.ts";
import { askedSettings, SETTINGS_OPTIONS } from "./settings-options.ts";
import { tellStarted } from "./tell-started.ts";

/** `notemill runs rerun`: starts a run like an earlier one. */
export const rerunCommand: Command = {
  name: "runs rerun",
  summary: "Run the same source again, with the same or other parameters",
  description:
    "The new run reads the source of the earlier one, and not the notebook as it is now. It has its parameters and settings, but for those that are given, and names it as rerun_of.",
  arguments: [RUN_ARGUMENT],
  options: [
    ...PARAMETER_OPTIONS.filter(({ name }) => !name.startsWith("inject")),
    ...SETTINGS_OPTIONS,
    IDEMPOTENCY_OPTION,
    JSON_OPTION,
    ...CONNECTION_OPTIONS,
  ],
  examples: [["notemill runs rerun 0197… -p alpha 0.7", "prints the id of the new run"]],
  run: rerun,
};

async function rerun(parsed: ParsedCommandLine, terminal: Terminal): Promise<number> {
  const { options } = parsed;
  const [given = ""] = parsed.arguments;
  const parameters = await readParameters(options, { input: "", output: "" });
  const connection = await findConnection(options, terminal);
  const client = createClient(connection);
  const id = await runId(client, given);
  const key = options.text("idempotencyKey");
  const run = await client.rerunRun(
    id,
    {
      ...(parameters.size === 0 ? {} : { parameters: new RawJson(encodeJson(parametersToJson(parameters))) }),
      ...askedSettings(options),
    },
    key === undefined ? {} : { idempotencyKey: key },
  );
  tellWarnings(run.warnings, terminal);
  tellStarted(run, connection, options, terminal);
  return 0;
}
