import { encodeWireJson } from "@notemill/api";
import { createClient, verifyAll } from "@notemill/client";
import type { Command, ParsedCommandLine, Terminal } from "../../command-line/command.ts";
import { CONNECTION_OPTIONS, findConnection } from "../../platform/connect.ts";
import { JSON_OPTION } from "./run-argument.ts";

/** `notemill runs verify`: compares the records with their chain. */
export const verifyCommand: Command = {
  name: "runs verify",
  summary: "Check that no byte of a record has been changed, removed or added",
  description:
    "Every attempt that has ended has a record: a folder with a manifest, which has the hash of each file and of the manifest before it. The exit code is 1 when something is not as it was. Whoever can rewrite both the records and the database can hide it; keep the hash that is printed elsewhere.",
  arguments: [{ name: "RUN", help: "Only the records of this run.", optional: true }],
  options: [JSON_OPTION, ...CONNECTION_OPTIONS],
  run: verify,
};

async function verify(parsed: ParsedCommandLine, terminal: Terminal): Promise<number> {
  const { options } = parsed;
  const { stdout } = terminal;
  const [run] = parsed.arguments;
  const client = createClient(await findConnection(options, terminal));
  const found = await verifyAll(client, run === undefined ? {} : { run });
  if (options.flag("json") === true) stdout.write(`${encodeWireJson(found)}\n`);
  else {
    for (const { kind, message } of found.problems) stdout.write(`${kind}: ${message}\n`);
    const verdict = found.problems.length === 0 ? "all as they were" : `${found.problems.length} problems`;
    stdout.write(`${found.records} records, ${found.files} files: ${verdict}\n`);
    if (found.head !== null) stdout.write(`last manifest: sha256 ${found.head}\n`);
  }
  return found.problems.length === 0 ? 0 : 1;
}
