import { realpathSync } from "node:fs";
import { dirname, join } from "node:path";
import { importRecords } from "@notemill/server";
import type { Command, ParsedCommandLine, Terminal } from "../../command-line/command.ts";
import { DATA_OPTION, dataDirectory } from "../../platform/data-directory.ts";
import { JSON_OPTION } from "./run-argument.ts";

/** `notemill runs import`: rebuilds the history of a database that was lost. */
export const importCommand: Command = {
  name: "runs import",
  summary: "Rebuild the database's history from the records, when the database was lost",
  description:
    "Reads the records in the data directory, compares every file and the whole chain, and puts what the database does not have into it: runs, attempts, events and the chain. It can be done again. Nothing is imported where something is damaged, unless --accept-damage is given. Stop the server first, and import before it starts anything new: two histories cannot be made one. Schedules, the versions of files, and runs that had no record yet are not in the records.",
  arguments: [],
  options: [
    {
      name: "db",
      flags: ["--db"],
      values: ["URL"],
      help: "Database, as postgres://user@host/name. Default $NOTEMILL_DB, else the embedded one in the data directory.",
    },
    {
      name: "acceptDamage",
      flags: ["--accept-damage"],
      help: "Import what can be read; notemill runs verify goes on to show what is damaged.",
    },
    JSON_OPTION,
    DATA_OPTION,
  ],
  examples: [["notemill runs import", "after the directory db of the data directory was lost"]],
  run: importHistory,
};

async function importHistory({ options }: ParsedCommandLine, terminal: Terminal): Promise<number> {
  const { stdout, stderr, env } = terminal;
  const databaseUrl = options.text("db") ?? env["NOTEMILL_DB"];
  // Beside the bundle that this is a part of.
  const bundle = dirname(realpathSync(process.argv[1] ?? ""));
  const acceptDamage = options.flag("acceptDamage") === true;
  const outcome = await importRecords({
    dataDirectory: dataDirectory(options, terminal),
    ...(databaseUrl === undefined || databaseUrl === "" ? {} : { databaseUrl }),
    acceptDamage,
    assets: { migrations: join(bundle, "sql"), databaseWorker: join(bundle, "database-worker.js") },
  });
  const { found, imported, damage } = outcome;
  const isRefused = damage.length > 0 && imported === 0;
  if (options.flag("json") === true) stdout.write(`${JSON.stringify(outcome)}\n`);
  else {
    for (const { path, message } of damage.slice(0, 50)) stdout.write(`${path} ${message}\n`);
    if (damage.length > 50) stdout.write(`and ${damage.length - 50} more\n`);
    stdout.write(`${found} records found, ${imported} imported\n`);
  }
  if (isRefused && !acceptDamage)
    stderr.write("nothing was imported; --accept-damage imports what can be read\n");
  return damage.length === 0 ? 0 : 1;
}
