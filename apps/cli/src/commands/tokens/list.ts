import { encodeWireJson, type Token } from "@notemill/api";
import { createClient, type PlatformClient } from "@notemill/client";
import type { Command, ParsedCommandLine, Terminal } from "../../command-line/command.ts";
import { CONNECTION_OPTIONS, findConnection } from "../../platform/connect.ts";
import { textTable } from "../../text-table.ts";
import { JSON_OPTION } from "../runs/run-argument.ts";

/** `notemill tokens list`: the tokens that there are. */
export const listCommand: Command = {
  name: "tokens list",
  summary: "List tokens: what they are good for, until when, and when they were used last",
  arguments: [],
  options: [{ ...JSON_OPTION, help: "Print one JSON object per line." }, ...CONNECTION_OPTIONS],
  run: list,
};

async function list({ options }: ParsedCommandLine, terminal: Terminal): Promise<number> {
  const { stdout } = terminal;
  const tokens = await allTokens(createClient(await findConnection(options, terminal)));
  if (options.flag("json") === true) for (const token of tokens) stdout.write(`${encodeWireJson(token)}\n`);
  else if (tokens.length === 0) stdout.write("no tokens but the server's own\n");
  else {
    const columns = ["Name", "Scope", "Made", "Ends", "Used"].map((title) => ({ title }));
    const rows = tokens.map((token) => [
      token.name,
      token.scope,
      token.created_at,
      token.expires_at ?? "never",
      token.last_used_at ?? "never",
    ]);
    stdout.write(`${textTable(columns, rows)}\n`);
  }
  return 0;
}

/** Every token, in the order of their names. */
export async function allTokens(client: PlatformClient): Promise<readonly Token[]> {
  const tokens: Token[] = [];
  for (let after = ""; ;) {
    const page = await client.listTokens({ after });
    tokens.push(...page.tokens);
    if (page.next === null) return tokens;
    after = page.next;
  }
}
