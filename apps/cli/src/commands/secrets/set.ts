import { encodeWireJson } from "@notemill/api";
import { createClient } from "@notemill/client";
import { openLocation } from "@notemill/storage";
import { asTyped } from "../../command-line/as-typed.ts";
import type { Command, ParsedCommandLine, Terminal } from "../../command-line/command.ts";
import { UsageError } from "../../command-line/usage-error.ts";
import { CONNECTION_OPTIONS, findConnection } from "../../platform/connect.ts";
import { JSON_OPTION } from "../runs/run-argument.ts";
import { GRANT_OPTION, SECRET_ARGUMENT } from "./secret-argument.ts";

/** `notemill secrets set`: keeps a secret. */
export const setCommand: Command = {
  name: "secrets set",
  summary: "Keep a text that nobody is to see, read from standard input",
  description:
    "The text is never an argument, which other users of the machine can see. One line break at its end is dropped. A secret of this name is replaced, and stays granted to whom it was.",
  arguments: [SECRET_ARGUMENT],
  options: [GRANT_OPTION, JSON_OPTION, ...CONNECTION_OPTIONS],
  examples: [
    [
      "notemill secrets set warehouse --grant '~/reports/**' < password.txt",
      "for all notebooks of a directory",
    ],
  ],
  run: set,
};

async function set(parsed: ParsedCommandLine, terminal: Terminal): Promise<number> {
  const { options } = parsed;
  const [name = ""] = parsed.arguments;
  const client = createClient(await findConnection(options, terminal));
  const text = await readText(terminal);
  const secret = await client.putSecret(name, {
    text,
    ...(options.isGiven("grant") ? { grants: [...options.texts("grant")] } : {}),
  });
  const { stdout, stderr } = terminal;
  if (options.flag("json") === true) stdout.write(`${encodeWireJson(secret)}\n`);
  else if (secret.grants.length === 0)
    stderr.write(
      `notemill: no notebook may use "${name}" yet; ${asTyped(`notemill secrets grant ${name} PATH`, terminal)} allows it\n`,
    );
  return 0;
}

async function readText({ stderr }: Terminal): Promise<string> {
  if (process.stdin.isTTY) stderr.write("the secret, then Ctrl-D on a line of its own:\n");
  const bytes = await openLocation("-").read();
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    return text.replace(/\r?\n$/, "");
  } catch {
    throw new UsageError("the secret is not UTF-8; encode it, as base64 does");
  }
}
