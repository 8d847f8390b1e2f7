import { getTrigger, type StoredTrigger } from "@notemill/store";
import { z } from "zod";
import type { Platform } from "../platform.ts";
import { ServerError } from "../server-error.ts";
import { readRequest } from "./read-request.ts";

/** The schedule that a route names, deleted or not. @throws {@link ServerError} `SCHEDULE_NOT_FOUND`, `REQUEST_INVALID`. */
export async function findTrigger(
  { driver }: Pick<Platform, "driver">,
  parameters: unknown,
): Promise<StoredTrigger> {
  const { id } = readRequest(z.object({ id: z.uuid() }), parameters, "id");
  const trigger = await getTrigger(driver, id);
  if (trigger === null) throw scheduleNotFound(id);
  return trigger;
}

/** The same for one that can still be changed. @throws As {@link findTrigger}. */
export async function findLiveTrigger(
  platform: Pick<Platform, "driver">,
  parameters: unknown,
): Promise<StoredTrigger> {
  const trigger = await findTrigger(platform, parameters);
  if (trigger.deletedAt !== null) throw scheduleNotFound(trigger.id);
  return trigger;
}

/** Says that there is no such schedule. */
export function scheduleNotFound(id: string): ServerError {
  return new ServerError("SCHEDULE_NOT_FOUND", `there is no schedule "${id}"`, { details: { id } });
}
