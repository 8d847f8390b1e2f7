import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { createScheduleSchema } from "@notemill/api";
import { createTrigger } from "@notemill/store";
import { RawJson } from "@notemill/json";
import { resolveVirtualPath } from "../mounts/mount-table.ts";
import type { Platform } from "../platform.ts";
import { defineSchedule } from "../schedules/define-schedule.ts";

/** Where the examples lie for everybody. */
const DIRECTORY = "/shared/examples";

/** The notebook that is run every minute, each time with another value of its parameter. */
const SCHEDULE = {
  name: "every-minute",
  path: `${DIRECTORY}/experiment.ipynb`,
  spec: { kind: "cron", cron: "* * * * *" },
  parameters: new RawJson('{"alpha":{"cel":"double(trigger.slot.getMinutes() + 1) / 60.0"}}'),
  // After an outage nobody misses them.
  catch_up: { kind: "none" },
  tags: ["example"],
} as const;

/**
 * Copies example notebooks to `/shared/examples` and schedules one of them for every minute.
 * Does nothing where that directory has something in it: what a user has changed or deleted stays so.
 *
 * @param directory - Directory of the examples, with their data.
 * @returns Whether they were put there now.
 */
export async function installExamples(platform: Platform, directory: string): Promise<boolean> {
  const { driver, mounts, newId, now, user } = platform;
  const { store, path: place } = resolveVirtualPath(mounts, DIRECTORY, user);
  if ((await store.list(place, { limit: 1 })).entries.length > 0) return false;
  for (const name of await filesBelow(directory))
    await store.write(`${place}/${name}`, await readFile(join(directory, name)));
  const { definition } = await defineSchedule(platform, createScheduleSchema.parse(SCHEDULE));
  await createTrigger(driver, { ...definition, id: newId(), owner: user, now: now() });
  return true;
}

async function filesBelow(directory: string): Promise<readonly string[]> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(directory.length + 1))
    .sort();
}
