import { realpathSync } from "node:fs";
import { open } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { importArchive, type ImportOutcome, importRecords } from "@notemill/server";
import type { Command, ParsedCommandLine, Terminal } from "../../command-line/command.ts";
import { UsageError } from "../../command-line/usage-error.ts";
import { DATA_OPTION, dataDirectory } from "../../platform/data-directory.ts";
import { JSON_OPTION } from "./run-argument.ts";

/** `notemill runs import`: rebuilds the history of a database that was lost. */
export const importCommand: Command = {
  name: "runs import",
  summary: "Rebuild the database's history from the records, or take an archive of a run back in",
  description:
    "Reads the records in the data directory, compares every file and the whole chain, and puts what the database does not have into it: runs, attempts, events and the chain. It can be done again. Nothing is imported where something is damaged, unless --accept-damage is given. Stop the server first, and import before it starts anything new: two histories cannot be made one. Schedules, the versions of files, and runs that had no record yet are not in the records. With an archive, as notemill runs export --archive makes it, the files of that run's records are put back where they are missing, and what the database does not have of them is put into it; where the chain has a gap before them, --accept-damage is needed.",
  arguments: [
    {
      name: "ARCHIVE",
      help: "An archive of a run; - is standard input. Default: all records in the data directory.",
      optional: true,
    },
  ],
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
  examples: [
    ["notemill runs import", "after the directory db of the data directory was lost"],
    ["notemill runs import run.tar", "puts the records of one run back"],
  ],
  run: importHistory,
};

async function importHistory(
  { options, arguments: [archive] }: ParsedCommandLine,
  terminal: Terminal,
): Promise<number> {
  const { stdout, stderr, env } = terminal;
  const databaseUrl = options.text("db") ?? env["NOTEMILL_DB"];
  // Beside the bundle that this is a part of.
  const bundle = dirname(realpathSync(process.argv[1] ?? ""));
  const acceptDamage = options.flag("acceptDamage") === true;
  const from = {
    dataDirectory: dataDirectory(options, terminal),
    ...(databaseUrl === undefined || databaseUrl === "" ? {} : { databaseUrl }),
    acceptDamage,
    assets: { migrations: join(bundle, "sql"), databaseWorker: join(bundle, "database-worker.js") },
  };
  const outcome =
    archive === undefined
      ? await importRecords(from)
      : await importArchive({ ...from, bytes: await readArchive(archive, terminal) });
  const { found, imported, damage, unlinked } = outcome;
  const isRefused = damage.length > 0 && imported === 0;
  if (options.flag("json") === true) stdout.write(`${JSON.stringify(outcome)}\n`);
  else {
    for (const { path, message } of damage.slice(0, 50)) stdout.write(`${path} ${message}\n`);
    if (damage.length > 50) stdout.write(`and ${damage.length - 50} more\n`);
    for (const [link, count] of countBy(unlinked.map(({ link: it }) => it)))
      stdout.write(
        `${count} ${count === 1 ? "run" : "runs"} ${UNLINKED[link]}, which the database does not have\n`,
      );
    stdout.write(`${found} records found, ${imported} imported\n`);
  }
  if (isRefused && !acceptDamage)
    stderr.write("nothing was imported; --accept-damage imports what can be read\n");
  return damage.length === 0 ? 0 : 1;
}

/** What is said of runs that belong to something that is not there. */
const UNLINKED: Readonly<Record<ImportOutcome["unlinked"][number]["link"], string>> = {
  rerun_of: "repeated an earlier one",
  resumes: "went on in the kernel of an attempt",
  sweep: "belonged to a sweep",
  workflow_run: "belonged to a workflow-run",
  started_by_run: "were started by the notebook of a run",
};

function countBy<Key>(keys: readonly Key[]): ReadonlyMap<Key, number> {
  const counts = new Map<Key, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}

async function readArchive(archive: string, { cwd }: Terminal): Promise<AsyncIterable<Uint8Array>> {
  if (archive === "-") return process.stdin;
  try {
    return (await open(resolve(cwd, archive))).createReadStream();
  } catch (cause) {
    throw new UsageError(`the archive "${archive}" cannot be read: ${(cause as Error).message}`);
  }
}
