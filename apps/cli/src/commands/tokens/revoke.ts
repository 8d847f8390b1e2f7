import { createClient } from "@notemill/client";
import type { Command, ParsedCommandLine, Terminal } from "../../command-line/command.ts";
import { UsageError } from "../../command-line/usage-error.ts";
import { CONNECTION_OPTIONS, findConnection } from "../../platform/connect.ts";
import { allTokens } from "./list.ts";

/** `notemill tokens revoke`: ends a token. */
export const revokeCommand: Command = {
  name: "tokens revoke",
  summary: "Revoke a token, and every sign-in by it",
  arguments: [{ name: "NAME", help: "Name of the token." }],
  options: CONNECTION_OPTIONS,
  run: revoke,
};

async function revoke(
  { options, arguments: [name = ""] }: ParsedCommandLine,
  terminal: Terminal,
): Promise<number> {
  const client = createClient(await findConnection(options, terminal));
  const token = (await allTokens(client)).find((it) => it.name === name);
  if (token === undefined)
    throw new UsageError(`there is no token "${name}"; notemill tokens list shows those that there are`);
  await client.revokeToken(token.id);
  return 0;
}
