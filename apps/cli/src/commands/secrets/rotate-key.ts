import { encodeWireJson } from "@notemill/api";
import { createClient } from "@notemill/client";
import type { Command, ParsedCommandLine, Terminal } from "../../command-line/command.ts";
import { CONNECTION_OPTIONS, findConnection } from "../../platform/connect.ts";
import { JSON_OPTION } from "../runs/run-argument.ts";

/** `notemill secrets rotate-key`: makes a new key. */
export const rotateKeyCommand: Command = {
  name: "secrets rotate-key",
  summary: "Make a new key, and seal every secret with it",
  description:
    "The old key opens nothing any longer, but for backups of the database that were made before. Where NOTEMILL_SECRET_KEY gives the key, put a new one in front of it with a comma between the two, start the server, rotate, and take the old one away.",
  arguments: [],
  options: [JSON_OPTION, ...CONNECTION_OPTIONS],
  run: async ({ options }: ParsedCommandLine, terminal: Terminal): Promise<number> => {
    const rotation = await createClient(await findConnection(options, terminal)).rotateSecretKey();
    const text = `${rotation.resealed} secrets have been sealed anew`;
    terminal.stdout.write(`${options.flag("json") === true ? encodeWireJson(rotation) : text}\n`);
    return 0;
  },
};
