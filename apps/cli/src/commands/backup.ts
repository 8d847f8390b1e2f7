import { createClient } from "@notemill/client";
import type { Command, ParsedCommandLine, Terminal } from "../command-line/command.ts";
import { CONNECTION_OPTIONS, findConnection } from "../platform/connect.ts";

/** `notemill backup`: backs up the embedded database of a server that runs. */
export const backupCommand: Command = {
  name: "backup",
  summary: "Back up the embedded database of the server",
  description:
    "The server writes an archive of its database to backups in its data directory while it goes on; it does so by itself once a day, and keeps the newest seven. Records, sources and notebooks are files: copy them with the archive. A database that --db names is backed up by its own means.",
  arguments: [],
  options: CONNECTION_OPTIONS,
  examples: [["notemill backup", "prints the name of the archive"]],
  run: backup,
};

async function backup({ options }: ParsedCommandLine, terminal: Terminal): Promise<number> {
  const { name } = await createClient(await findConnection(options, terminal)).backUp();
  if (name === null) {
    terminal.stderr.write("notemill: the server uses a database of its own; back it up with pg_dump\n");
    return 1;
  }
  terminal.stdout.write(`${name}\n`);
  return 0;
}
