import { createClient } from "@notemill/client";
import type { Command, ParsedCommandLine, Terminal } from "../../command-line/command.ts";
import { CONNECTION_OPTIONS, findConnection } from "../../platform/connect.ts";

/** `notemill links revoke`: ends a share link. */
export const revokeCommand: Command = {
  name: "links revoke",
  summary: "Revoke a share link: it opens nothing any longer",
  arguments: [{ name: "ID", help: "Id of the link, as notemill links list shows it." }],
  options: CONNECTION_OPTIONS,
  run: async ({ options, arguments: [id = ""] }: ParsedCommandLine, terminal: Terminal): Promise<number> => {
    await createClient(await findConnection(options, terminal)).revokeLink(id);
    return 0;
  },
};
