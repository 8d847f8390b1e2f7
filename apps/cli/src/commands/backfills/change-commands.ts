import { type Backfill, encodeWireJson } from "@notemill/api";
import { createClient, type PlatformClient } from "@notemill/client";
import type { Command } from "../../command-line/command.ts";
import { CONNECTION_OPTIONS, findConnection } from "../../platform/connect.ts";
import { JSON_OPTION } from "../runs/run-argument.ts";
import { BACKFILL_ARGUMENT } from "./backfill-argument.ts";
import { describeBackfill } from "./describe-backfill.ts";

/** `notemill backfills pause`: starts no more runs for a while. */
export const pauseCommand = changeCommand({
  name: "pause",
  summary: "Start no more runs of a backfill until it is resumed; what runs goes on",
  change: (client, id) => client.pauseBackfill(id),
});

/** `notemill backfills resume`: lets it go on. */
export const resumeCommand = changeCommand({
  name: "resume",
  summary: "Let a paused backfill go on",
  change: (client, id) => client.resumeBackfill(id),
});

/** `notemill backfills cancel`: ends it. */
export const cancelCommand = changeCommand({
  name: "cancel",
  summary: "End a backfill: nothing more starts, and what runs is cancelled",
  change: (client, id) => client.cancelBackfill(id),
});

/** Makes a command that changes one backfill and shows it. */
function changeCommand(change: {
  readonly name: string;
  readonly summary: string;
  readonly change: (client: PlatformClient, id: string) => Promise<Backfill>;
}): Command {
  return {
    name: `backfills ${change.name}`,
    summary: change.summary,
    arguments: [BACKFILL_ARGUMENT],
    options: [JSON_OPTION, ...CONNECTION_OPTIONS],
    async run({ options, arguments: [id = ""] }, terminal) {
      const client = createClient(await findConnection(options, terminal));
      const backfill = await change.change(client, id);
      const text = options.flag("json") === true ? encodeWireJson(backfill) : describeBackfill(backfill);
      terminal.stdout.write(`${text}\n`);
      return 0;
    },
  };
}
