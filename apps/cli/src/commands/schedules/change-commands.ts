import { encodeWireJson, type Schedule } from "@notemill/api";
import { createClient, type PlatformClient } from "@notemill/client";
import type { Command, OptionDefinition, OptionValues } from "../../command-line/command.ts";
import { CONNECTION_OPTIONS, findConnection } from "../../platform/connect.ts";
import { JSON_OPTION } from "../runs/run-argument.ts";
import { stateOf } from "./describe-schedule.ts";
import { SCHEDULE_ARGUMENT, scheduleId } from "./schedule-argument.ts";

/** `notemill schedules pause`: stops a schedule for a while. */
export const pauseCommand = changeCommand({
  name: "pause",
  summary: "Stop a schedule until it is resumed, and say why",
  description: "What runs goes on. Who has paused it is kept with the reason.",
  options: [{ name: "reason", flags: ["--reason"], values: ["TEXT"], help: "Why, for those who wonder." }],
  change(client, id, options) {
    const reason = options.text("reason");
    return client.pauseSchedule(id, reason === undefined ? {} : { reason });
  },
  say: stateOf,
});

/** `notemill schedules resume`: lets it go on. */
export const resumeCommand = changeCommand({
  name: "resume",
  summary: "Let a paused schedule go on from now; slots of the pause are not made good",
  change: (client, id) => client.resumeSchedule(id),
  say: stateOf,
});

/** `notemill schedules promote`: takes over the notebook as it is now. */
export const promoteCommand = changeCommand({
  name: "promote",
  summary: "Make the notebook as it is now what the schedule runs from here on",
  change: (client, id) => client.promoteSchedule(id),
  say: (schedule) => schedule.source_hash ?? "",
});

/** Makes a command that changes one schedule and shows what came of it. */
function changeCommand(change: {
  readonly name: string;
  readonly summary: string;
  readonly description?: string;
  readonly options?: readonly OptionDefinition[];
  readonly change: (client: PlatformClient, id: string, options: OptionValues) => Promise<Schedule>;
  readonly say: (schedule: Schedule) => string;
}): Command {
  return {
    name: `schedules ${change.name}`,
    summary: change.summary,
    ...(change.description === undefined ? {} : { description: change.description }),
    arguments: [SCHEDULE_ARGUMENT],
    options: [...(change.options ?? []), JSON_OPTION, ...CONNECTION_OPTIONS],
    async run(parsed, terminal) {
      const { options } = parsed;
      const [given = ""] = parsed.arguments;
      const client = createClient(await findConnection(options, terminal));
      const schedule = await change.change(client, await scheduleId(client, given), options);
      const text = options.flag("json") === true ? encodeWireJson(schedule) : change.say(schedule);
      terminal.stdout.write(`${text}\n`);
      return 0;
    },
  };
}
