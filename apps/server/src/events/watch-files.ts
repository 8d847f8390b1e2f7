import { dueWatches, noteFiles } from "@notemill/store";
import { startLoop } from "../operations/start-loop.ts";
import type { Platform } from "../platform.ts";
import { filesOf } from "./find-files.ts";

/** How often it is asked whether a pattern has to be looked at, in milliseconds. */
const LOOK_MS = 1000;

/** Looks for the files that schedules wait for, as long as the server runs. A version of a file has one slot. */
export function startWatchingFiles(platform: Platform): AsyncDisposable {
  const { driver, now, newId, report, closing, log } = platform;
  return startLoop({
    async pass() {
      for (const trigger of await dueWatches(driver, now())) {
        if (closing.aborted) break;
        try {
          const files = await filesOf(platform, trigger.spec);
          const count = await noteFiles(driver, trigger, { files, now: now(), newId });
          if (count > 0) log.info({ schedule_id: trigger.id, count }, "files have come");
        } catch (error) {
          report(
            `the files of schedule "${trigger.name}" could not be looked at, which is tried again`,
            error,
          );
        }
      }
      return LOOK_MS;
    },
    onFailed: (error) => report("files could not be looked for, which is tried again", error),
    retryMs: LOOK_MS,
  });
}
