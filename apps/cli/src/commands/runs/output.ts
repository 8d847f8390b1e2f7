import { resolve } from "node:path";
import { createClient } from "@notemill/client";
import { openLocation } from "@notemill/storage";
import type { Command, ParsedCommandLine, Terminal } from "../../command-line/command.ts";
import { CONNECTION_OPTIONS, findConnection } from "../../platform/connect.ts";

/** `notemill runs output`: fetches an output notebook. */
export const outputCommand: Command = {
  name: "runs output",
  summary: "Fetch the output notebook of a run, or the latest good one of a notebook",
  description:
    "RUN may also be the path of a notebook: that is the output of its last run that succeeded. The output of a run that is under way is as it is now, and says so in its metadata.",
  arguments: [{ name: "RUN", help: "Id of the run, or a path such as ~/report.ipynb (put it into quotes)." }],
  options: [
    {
      name: "output",
      flags: ["--output", "-o"],
      values: ["PATH"],
      help: "Where to write it. Default: standard output.",
    },
    ...CONNECTION_OPTIONS,
  ],
  examples: [["notemill runs output '~/report.ipynb' -o report.ipynb", "the latest good output"]],
  run: output,
};

async function output(parsed: ParsedCommandLine, terminal: Terminal): Promise<number> {
  const { options } = parsed;
  const [wanted = ""] = parsed.arguments;
  const client = createClient(await findConnection(options, terminal));
  const bytes = await (/^[~/]/.test(wanted) ? client.latestOutput(wanted) : client.getNotebook(wanted));
  const path = options.text("output");
  await openLocation(path === undefined ? "-" : resolve(terminal.cwd, path)).write([bytes], {
    durable: true,
  });
  return 0;
}
