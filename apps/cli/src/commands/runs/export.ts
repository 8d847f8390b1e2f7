import { createHash } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { createClient, type PlatformClient } from "@notemill/client";
import type { Command, ParsedCommandLine, Terminal } from "../../command-line/command.ts";
import { UsageError } from "../../command-line/usage-error.ts";
import { CONNECTION_OPTIONS, findConnection } from "../../platform/connect.ts";
import { saveDownload, writeDownload } from "../../platform/save-download.ts";
import { RUN_ARGUMENT } from "./run-argument.ts";
import { runId } from "./run-id.ts";

const MANIFEST_NAME = "manifest.json";

/** `notemill runs export`: copies the records of a run. */
export const exportRunCommand: Command = {
  name: "runs export",
  summary: "Copy the records of a run into a directory or an archive",
  description:
    "There is a folder for each attempt that is over, as it is in the server's store: the manifest, the output notebook, events, log and other files. The hash of every file is compared with the record. An archive is a tar file of the same folders, which notemill runs import takes back in.",
  arguments: [RUN_ARGUMENT],
  options: [
    {
      name: "output",
      flags: ["--output", "-o"],
      values: ["DIRECTORY"],
      help: "Where the folders go, which must not be there yet. Default: a directory named after the run.",
    },
    {
      name: "archive",
      flags: ["--archive"],
      values: ["FILE"],
      help: "Write one tar archive, as it comes, in place of a directory; - is standard output.",
    },
    ...CONNECTION_OPTIONS,
  ],
  examples: [["notemill runs export 0197… --archive run.tar", "what notemill runs import run.tar takes in"]],
  run: exportRun,
};

async function exportRun(parsed: ParsedCommandLine, terminal: Terminal): Promise<number> {
  const { options } = parsed;
  const [given = ""] = parsed.arguments;
  const archive = options.text("archive");
  if (archive !== undefined && options.isGiven("output"))
    throw new UsageError("options --archive and --output: an export goes to one of them");
  const client = createClient(await findConnection(options, terminal));
  const id = await runId(client, given);
  if (archive !== undefined) return exportArchive(client, id, { archive, terminal });
  const { records } = await client.listRecords(id);
  if (records.length === 0) throw new UsageError(`run ${id} has no record yet: no attempt is over`);
  const target = resolve(terminal.cwd, options.text("output") ?? id);
  let count = 0;
  for (const { attempt, directory, sha256, files } of records) {
    for (const file of [...files, { name: MANIFEST_NAME, sha256 }]) {
      const bytes = await fetchFile(client, id, { attempt, ...file });
      const path = join(target, directory, file.name);
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, bytes, { flag: "wx" });
      count += 1;
    }
  }
  terminal.stdout.write(`${records.length} records, ${count} files: ${target}\n`);
  return 0;
}

async function exportArchive(
  client: PlatformClient,
  id: string,
  { archive, terminal }: { readonly archive: string; readonly terminal: Terminal },
): Promise<number> {
  const bytes = await client.archiveRun(id);
  try {
    if (archive === "-") await writeDownload(terminal.stdout, bytes);
    else await saveDownload(resolve(terminal.cwd, archive), bytes);
  } catch (cause) {
    // The server cannot say any more why it breaks off.
    if (!(cause instanceof TypeError)) throw cause;
    throw new UsageError(
      `the archive broke off: a file is not what its record says, or the server ended; see notemill runs verify ${id}`,
    );
  }
  if (archive !== "-") terminal.stdout.write(`archive: ${resolve(terminal.cwd, archive)}\n`);
  return 0;
}

async function fetchFile(
  client: PlatformClient,
  id: string,
  file: { readonly attempt: number; readonly name: string; readonly sha256: string },
): Promise<Uint8Array> {
  const bytes = await client.getRecordFile(id, file);
  if (createHash("sha256").update(bytes).digest("hex") === file.sha256) return bytes;
  throw new UsageError(
    `the file "${file.name}" of attempt ${file.attempt} is not what the record says; see notemill runs verify ${id}`,
  );
}
