import type { PlatformClient } from "@notemill/client";
import type { ArgumentDefinition } from "../../command-line/command.ts";
import { UsageError } from "../../command-line/usage-error.ts";

/** The schedule that a command is about. */
export const SCHEDULE_ARGUMENT: ArgumentDefinition = {
  name: "SCHEDULE",
  help: "Name or id of the schedule.",
};

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The id of a schedule that was given by its name or id. @throws {@link UsageError} where none has the name. */
export async function scheduleId(client: PlatformClient, given: string): Promise<string> {
  if (UUID.test(given)) return given;
  const { schedules } = await client.listSchedules({ name: given, limit: 1 });
  const [schedule] = schedules;
  if (schedule === undefined)
    throw new UsageError(`no schedule is named "${given}"; notemill schedules list has them all`);
  return schedule.id;
}
