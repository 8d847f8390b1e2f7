import { encodeWireJson, type Transferred } from "@notemill/api";
import { createClient, type PlatformClient } from "@notemill/client";
import type { Command, ParsedCommandLine, Terminal } from "../../command-line/command.ts";
import { CONNECTION_OPTIONS, findConnection } from "../../platform/connect.ts";
import { JSON_OPTION } from "../runs/run-argument.ts";
import { FILE_ARGUMENT, REPLACE_OPTION } from "./file-options.ts";

const FROM = { name: "FROM", help: "A file or directory of the server." };
const TO = { name: "TO", help: "Its new path." };
const OPTIONS = [JSON_OPTION, ...CONNECTION_OPTIONS];

/** `notemill files mv`: moves a file or directory of the server. */
export const mvCommand: Command = {
  name: "files mv",
  summary: "Move or rename a file or directory of the server",
  description:
    "A directory is moved file by file: when that is interrupted, each file is in one place or in both. The versions of a file stay at its old path, and the first version at the new one says where it came from.",
  arguments: [FROM, TO],
  options: [REPLACE_OPTION, ...OPTIONS],
  run: (parsed, terminal) =>
    transfer(parsed, terminal, (client, [from = "", to = ""], replace) =>
      client.moveFiles({ from, to, replace }),
    ),
};

/** `notemill files cp`: copies a file or directory of the server. */
export const cpCommand: Command = {
  name: "files cp",
  summary: "Copy a file or directory of the server",
  description: "The output of a run can be copied too: /runs/ID/1/output.ipynb.",
  arguments: [FROM, TO],
  options: [REPLACE_OPTION, ...OPTIONS],
  run: (parsed, terminal) =>
    transfer(parsed, terminal, (client, [from = "", to = ""], replace) =>
      client.copyFiles({ from, to, replace }),
    ),
};

/** `notemill files rm`: deletes a file or directory of the server. */
export const rmCommand: Command = {
  name: "files rm",
  summary: "Delete a file or directory of the server; notemill files restore undoes it",
  arguments: [{ ...FILE_ARGUMENT, help: "A file or directory of the server." }],
  options: [
    { name: "recursive", flags: ["--recursive", "-r"], help: "Delete a directory with all that is in it." },
    ...OPTIONS,
  ],
  run: (parsed, terminal) =>
    transfer(parsed, terminal, (client, [path = ""]) =>
      client.deleteFile(path, { isRecursive: parsed.options.flag("recursive") === true }),
    ),
};

/** `notemill files mkdir`: makes a directory on the server. */
export const mkdirCommand: Command = {
  name: "files mkdir",
  summary: "Make a directory on the server, and those above it",
  arguments: [{ ...FILE_ARGUMENT, help: "A directory, as ~/reports." }],
  options: OPTIONS,
  run: (parsed, terminal) =>
    transfer(parsed, terminal, async (client, [path = ""]) => {
      const made = await client.makeDirectory(path);
      return { path: made.path, files: 0 };
    }),
};

async function transfer(
  { arguments: given, options }: ParsedCommandLine,
  terminal: Terminal,
  call: (client: PlatformClient, paths: readonly string[], replace: boolean) => Promise<Transferred>,
): Promise<number> {
  const client = createClient(await findConnection(options, terminal));
  const done = await call(client, given, options.flag("replace") === true);
  if (options.flag("json") === true) terminal.stdout.write(`${encodeWireJson(done)}\n`);
  return 0;
}
