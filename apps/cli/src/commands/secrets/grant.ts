import { encodeWireJson } from "@notemill/api";
import { createClient, type PlatformClient } from "@notemill/client";
import type { Command, ParsedCommandLine, Terminal } from "../../command-line/command.ts";
import { UsageError } from "../../command-line/usage-error.ts";
import { CONNECTION_OPTIONS, findConnection } from "../../platform/connect.ts";
import { JSON_OPTION } from "../runs/run-argument.ts";
import { SECRET_ARGUMENT } from "./secret-argument.ts";

/** `notemill secrets grant`: says which notebooks may use a secret. */
export const grantCommand: Command = {
  name: "secrets grant",
  summary: "Allow a notebook to use a secret, or no longer",
  arguments: [
    SECRET_ARGUMENT,
    { name: "PATH", help: "Notebook, as '~/report.ipynb', or all below a directory, as '~/reports/**'." },
  ],
  options: [
    {
      name: "revoke",
      flags: ["--revoke"],
      help: "Take it back: attempts that begin from now on do not get it.",
    },
    JSON_OPTION,
    ...CONNECTION_OPTIONS,
  ],
  run: grant,
};

async function grant(parsed: ParsedCommandLine, terminal: Terminal): Promise<number> {
  const { options } = parsed;
  const [name = "", path = ""] = parsed.arguments;
  const client = createClient(await findConnection(options, terminal));
  const grants = await grantsOf(client, name);
  if (options.flag("revoke") !== true) {
    const secret = await client.grantSecret(name, [...new Set([...grants, path])]);
    return said(secret.grants, encodeWireJson(secret));
  }
  // As the server has it: ~ is a person's home there.
  const canonical = (await client.grantSecret(name, [...grants, path])).grants.at(-1);
  const secret = await client.grantSecret(
    name,
    grants.filter((it) => it !== canonical && it !== path),
  );
  return said(secret.grants, encodeWireJson(secret));

  function said(left: readonly string[], json: string): number {
    terminal.stdout.write(
      `${options.flag("json") === true ? json : left.join("\n") || "no notebook may use it"}\n`,
    );
    return 0;
  }
}

async function grantsOf(client: PlatformClient, name: string): Promise<readonly string[]> {
  for (let after = ""; ;) {
    const { secrets, next } = await client.listSecrets({ after });
    const found = secrets.find((secret) => secret.name === name);
    if (found !== undefined) return found.grants;
    if (next === null)
      throw new UsageError(`there is no secret "${name}"; make it with notemill secrets set`);
    after = next;
  }
}
