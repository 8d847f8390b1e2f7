import { encodeWireJson, type FoundFile } from "@notemill/api";
import { createClient } from "@notemill/client";
import type { Command, ParsedCommandLine, Terminal } from "../../command-line/command.ts";
import { CONNECTION_OPTIONS, findConnection } from "../../platform/connect.ts";
import { JSON_OPTION } from "../runs/run-argument.ts";

/** `notemill files search`: finds files of the server by their words. */
export const searchCommand: Command = {
  name: "files search",
  summary: "Find files of the server by their words",
  description:
    "Looks for files that have every word in their name, title, authors, tags or text, or a word that begins with it; the best come first. Of files that are no notebooks only the names count. Without words it lists the notebooks that were changed last.",
  arguments: [{ name: "WORD", help: "A word, or how it begins.", optional: true, many: true }],
  options: [
    { name: "under", flags: ["--under"], values: ["PATH"], help: "Only in this directory, as ~/reports." },
    {
      name: "limit",
      flags: ["--limit"],
      values: ["N"],
      type: "integer",
      help: "The most that are listed. Default 20.",
    },
    JSON_OPTION,
    ...CONNECTION_OPTIONS,
  ],
  examples: [["notemill files search revenue region", "notebooks and files with both words"]],
  run: search,
};

async function search({ arguments: words, options }: ParsedCommandLine, terminal: Terminal): Promise<number> {
  const { stdout } = terminal;
  const client = createClient(await findConnection(options, terminal));
  const under = options.text("under");
  const limit = options.number("limit");
  const { files } = await client.searchFiles({
    q: words.join(" "),
    ...(under === undefined ? {} : { under }),
    ...(limit === undefined ? {} : { limit }),
  });
  for (const file of files)
    stdout.write(`${options.flag("json") === true ? encodeWireJson(file) : shownLine(file)}\n`);
  return 0;
}

function shownLine({ path, title }: FoundFile): string {
  return title === "" ? path : `${path}  ${title}`;
}
