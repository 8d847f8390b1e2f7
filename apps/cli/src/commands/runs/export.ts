import { createHash } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { createClient, type PlatformClient } from "@notemill/client";
import type { Command, ParsedCommandLine, Terminal } from "../../command-line/command.ts";
import { UsageError } from "../../command-line/usage-error.ts";
import { CONNECTION_OPTIONS, findConnection } from "../../platform/connect.ts";
import { RUN_ARGUMENT } from "./run-argument.ts";

const MANIFEST_NAME = "manifest.json";

/** `notemill runs export`: copies the records of a run. */
export const exportRunCommand: Command = {
  name: "runs export",
  summary: "Copy the records of a run into a directory",
  description:
    "There is a folder for each attempt that is over, as it is in the server's store: the manifest, the output notebook, events, log and other files. The hash of every file is compared with the record.",
  arguments: [RUN_ARGUMENT],
  options: [
    {
      name: "output",
      flags: ["--output", "-o"],
      values: ["DIRECTORY"],
      help: "Where the folders go, which must not be there yet. Default: a directory named after the run.",
    },
    ...CONNECTION_OPTIONS,
  ],
  run: exportRun,
};

async function exportRun(parsed: ParsedCommandLine, terminal: Terminal): Promise<number> {
  const { options } = parsed;
  const [id = ""] = parsed.arguments;
  const client = createClient(await findConnection(options, terminal));
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
