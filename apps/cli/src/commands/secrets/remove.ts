import { createClient } from "@notemill/client";
import type { Command, ParsedCommandLine, Terminal } from "../../command-line/command.ts";
import { CONNECTION_OPTIONS, findConnection } from "../../platform/connect.ts";
import { SECRET_ARGUMENT } from "./secret-argument.ts";

/** `notemill secrets rm`: deletes a secret. */
export const removeCommand: Command = {
  name: "secrets rm",
  summary: "Delete a secret",
  arguments: [SECRET_ARGUMENT],
  options: CONNECTION_OPTIONS,
  run: async (
    { options, arguments: [name = ""] }: ParsedCommandLine,
    terminal: Terminal,
  ): Promise<number> => {
    await createClient(await findConnection(options, terminal)).deleteSecret(name);
    return 0;
  },
};
