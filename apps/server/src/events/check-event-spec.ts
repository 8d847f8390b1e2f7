import type { Trigger } from "@notemill/schedules";
import { getTrigger } from "@notemill/store";
import type { Platform } from "../platform.ts";
import { ServerError } from "../server-error.ts";

/**
 * Finds out whether a trigger can wait for what it names.
 *
 * @param path - The notebook that it runs; null where it starts a workflow.
 *
 * @throws {@link ServerError} `SCHEDULE_NOT_FOUND`, `SCHEDULE_FOLLOWS_ITSELF`.
 */
export async function checkEventSpec(
  { driver }: Pick<Platform, "driver">,
  spec: Trigger,
  path: string | null,
): Promise<void> {
  if (spec.kind !== "after") return;
  if (path !== null && spec.path === path) throw followsItself(path);
  if (spec.triggerId === null) return;
  const upstream = await getTrigger(driver, spec.triggerId);
  if (upstream === null || upstream.deletedAt !== null) {
    throw new ServerError("SCHEDULE_NOT_FOUND", `there is no schedule "${spec.triggerId}" to follow`, {
      details: { id: spec.triggerId },
    });
  }
  if (path !== null && upstream.spec.kind === "after" && upstream.spec.path === path)
    throw followsItself(path);
}

function followsItself(path: string): ServerError {
  return new ServerError(
    "SCHEDULE_FOLLOWS_ITSELF",
    `the schedule would start "${path}" after every run of "${path}", for ever`,
    { details: { path } },
  );
}
