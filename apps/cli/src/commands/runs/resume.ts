import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { encodeWireJson } from "@notemill/api";
import { createClient } from "@notemill/client";
import type { Command, ParsedCommandLine, Terminal } from "../../command-line/command.ts";
import { UsageError } from "../../command-line/usage-error.ts";
import { CONNECTION_OPTIONS, findConnection } from "../../platform/connect.ts";
import { JSON_OPTION, RUN_ARGUMENT } from "./run-argument.ts";
import { runId } from "./run-id.ts";

/** `notemill runs resume`: goes on in the kernel of a failed run. */
export const resumeCommand: Command = {
  name: "runs resume",
  summary: "Go on from the failed cell, in the kernel that was kept",
  description:
    "A new run goes on where the failed one stopped, with its variables: the first cell that did not complete is the first to run. Cells can be mended; the notebook in the workspace stays as it is. It is not tried again, since the kernel is there once.",
  arguments: [RUN_ARGUMENT],
  options: [
    {
      name: "cell",
      flags: ["--cell"],
      values: ["ID=FILE"],
      repeatable: true,
      help: "A file with other source for a cell; - is standard input.",
    },
    JSON_OPTION,
    ...CONNECTION_OPTIONS,
  ],
  examples: [["notemill runs resume 0197… --cell c3=mended.py", "prints the id of the new run"]],
  run: resume,
};

async function resume(parsed: ParsedCommandLine, terminal: Terminal): Promise<number> {
  const { options } = parsed;
  const [given = ""] = parsed.arguments;
  const client = createClient(await findConnection(options, terminal));
  const id = await runId(client, given);
  const cells: Record<string, string> = {};
  for (const text of options.texts("cell")) {
    const [, cell, file] = /^([^=]+)=(.+)$/.exec(text) ?? [];
    if (cell === undefined || file === undefined)
      throw new UsageError(`option --cell: "${text}" is not of the form ID=FILE`);
    cells[cell] = await readFile(file === "-" ? "/dev/stdin" : resolve(terminal.cwd, file), "utf8");
  }
  const run = await client.resumeRun(id, Object.keys(cells).length === 0 ? {} : { cells });
  terminal.stdout.write(`${options.flag("json") === true ? encodeWireJson(run) : run.id}\n`);
  return 0;
}
