import { encodeWireJson, type Secret } from "@notemill/api";
import { createClient } from "@notemill/client";
import type { Command, ParsedCommandLine, Terminal } from "../../command-line/command.ts";
import { CONNECTION_OPTIONS, findConnection } from "../../platform/connect.ts";
import { textTable } from "../../text-table.ts";
import { JSON_OPTION } from "../runs/run-argument.ts";

/** `notemill secrets list`: the names of secrets, and who may use them. */
export const listCommand: Command = {
  name: "secrets list",
  summary: "List secrets and the notebooks that may use them; never their texts",
  arguments: [],
  options: [{ ...JSON_OPTION, help: "Print one JSON object per line." }, ...CONNECTION_OPTIONS],
  run: list,
};

async function list({ options }: ParsedCommandLine, terminal: Terminal): Promise<number> {
  const { stdout } = terminal;
  const client = createClient(await findConnection(options, terminal));
  const secrets: Secret[] = [];
  for (let after = ""; ;) {
    const page = await client.listSecrets({ after });
    secrets.push(...page.secrets);
    if (page.next === null) break;
    after = page.next;
  }
  if (options.flag("json") === true)
    for (const secret of secrets) stdout.write(`${encodeWireJson(secret)}\n`);
  else if (secrets.length === 0) stdout.write("no secrets\n");
  else {
    const columns = ["Name", "Set", "Notebooks"].map((title) => ({ title }));
    const rows = secrets.map(({ name, updated_at: at, grants }) => [name, at, grants.join(" ")]);
    stdout.write(`${textTable(columns, rows)}\n`);
  }
  return 0;
}
