import { posix, resolve } from "node:path";
import { createClient, type FileDownload } from "@notemill/client";
import type { Command, OptionDefinition, ParsedCommandLine, Terminal } from "../../command-line/command.ts";
import { CONNECTION_OPTIONS, findConnection } from "../../platform/connect.ts";
import { saveDownload, writeDownload } from "../../platform/save-download.ts";
import { FILE_ARGUMENT, readVersion } from "./file-options.ts";

const VERSION_OPTION: OptionDefinition = {
  name: "version",
  flags: ["--at"],
  values: ["VERSION"],
  help: "An earlier version, by its number. Default: the file as it is.",
};

/** `notemill files cat`: prints a file of the server. */
export const catCommand: Command = {
  name: "files cat",
  summary: "Print a file of the server, or an earlier version of it",
  arguments: [FILE_ARGUMENT],
  options: [VERSION_OPTION, ...CONNECTION_OPTIONS],
  run: async (parsed, terminal) => {
    const { bytes } = await open(parsed, terminal);
    await writeDownload(terminal.stdout, bytes);
    return 0;
  },
};

/** `notemill files get`: copies a file of the server here. */
export const getCommand: Command = {
  name: "files get",
  summary: "Copy a file of the server to this machine",
  description:
    "The file comes as it is sent, whatever its size, and is in its place when it is whole. What is printed is its etag: notemill files put --if-match takes it, and saves only where nobody else has meanwhile.",
  arguments: [
    FILE_ARGUMENT,
    { name: "TO", help: "Where it goes. Default: its own name, here.", optional: true },
  ],
  options: [VERSION_OPTION, ...CONNECTION_OPTIONS],
  run: get,
};

async function get(parsed: ParsedCommandLine, terminal: Terminal): Promise<number> {
  const [path = "", to] = parsed.arguments;
  const target = resolve(terminal.cwd, to ?? posix.basename(path));
  const { bytes, etag } = await open(parsed, terminal);
  await saveDownload(target, bytes);
  terminal.stdout.write(`${etag}\n`);
  return 0;
}

async function open(
  { arguments: [path = ""], options }: ParsedCommandLine,
  terminal: Terminal,
): Promise<FileDownload> {
  const version = options.text("version");
  const client = createClient(await findConnection(options, terminal));
  return client.readFile(path, version === undefined ? {} : { version: readVersion(version) });
}
