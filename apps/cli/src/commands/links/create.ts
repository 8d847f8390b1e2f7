import { encodeWireJson } from "@notemill/api";
import { createClient } from "@notemill/client";
import type { Command, ParsedCommandLine, Terminal } from "../../command-line/command.ts";
import { UsageError } from "../../command-line/usage-error.ts";
import { CONNECTION_OPTIONS, findConnection } from "../../platform/connect.ts";
import { expiryOf, expiryOption } from "../../platform/expiry.ts";
import { JSON_OPTION } from "../runs/run-argument.ts";

/** `notemill links create`: shares something. */
export const createCommand: Command = {
  name: "links create",
  summary: "Make a link that shows one thing to whoever has it, and print it once",
  description:
    "A link needs no sign-in, changes nothing and ends by itself. It is printed to standard output and cannot be shown again; the server keeps its hash.",
  arguments: [
    {
      name: "PATH",
      optional: true,
      help: "A notebook or another file, as '~/report.ipynb', or a directory with all that is in it.",
    },
  ],
  options: [
    {
      name: "latest",
      flags: ["--latest"],
      help: "Show the output of the last run of the notebook that succeeded, whichever that is when the link is opened.",
    },
    {
      name: "run",
      flags: ["--run"],
      values: ["ID"],
      help: "Show a run and its record, and no path.",
    },
    {
      name: "withoutCode",
      flags: ["--without-code"],
      help: "Show a notebook without its code and tracebacks. The link opens nothing by the API then.",
    },
    { name: "note", flags: ["--note"], values: ["TEXT"], help: "For whom it is; only you see it." },
    expiryOption("7d; 366d at most"),
    JSON_OPTION,
    ...CONNECTION_OPTIONS,
  ],
  examples: [
    ["notemill links create '~/report.ipynb' --latest --expires 30d", "for readers of a report"],
    ["notemill links create --run 0198c0de-0000-7000-8000-000000000000", "for somebody who helps"],
  ],
  run: create,
};

async function create(parsed: ParsedCommandLine, terminal: Terminal): Promise<number> {
  const { options } = parsed;
  const [path] = parsed.arguments;
  const run = options.text("run");
  const isLatest = options.flag("latest") === true;
  if ((run === undefined) === (path === undefined)) throw new UsageError("give a PATH, or a run with --run");
  if (run !== undefined && isLatest) throw new UsageError("--latest is about a PATH, and not about a run");
  const code = options.flag("withoutCode") === true ? "omit" : "show";
  const common = { note: options.text("note") ?? "", code, ...expiryOf(options) } as const;
  const client = createClient(await findConnection(options, terminal));
  const link = await client.createLink(
    path === undefined
      ? { kind: "run", run_id: run ?? "", ...common }
      : { kind: isLatest ? "latest" : "path", path, ...common },
  );
  terminal.stdout.write(`${options.flag("json") === true ? encodeWireJson(link) : link.url}\n`);
  return 0;
}
