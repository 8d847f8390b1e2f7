import { expireLeases, expireQueue, forgetExecutions } from "@notemill/store";
import { startLoop } from "../operations/start-loop.ts";
import type { Platform } from "../platform.ts";
import { RECORD_FORM } from "../records/record-form.ts";
import { buryRecords } from "../records/bury-records.ts";
import { failureText, runnerLostText } from "./failure-text.ts";
import { tendSweeps } from "../sweeps/tend-sweep.ts";

/** How often the server looks for what nobody else ends, in milliseconds; more often where leases are short. */
const SWEEP_MS = 2000;

/** How long what came of code in a kept kernel can be read, in milliseconds. */
const FORGET_MS = 600_000;

/** Ends attempts whose runners are gone and writes what is left to be written, again and again. */
export function startSweeping(platform: Platform): AsyncDisposable {
  const everyMs = Math.min(SWEEP_MS, platform.leases.leaseMs / 4);
  return startLoop({
    async pass() {
      await sweepOnce(platform);
      return everyMs;
    },
    onFailed: (error) => platform.report("the sweep has failed and is tried again", error),
    retryMs: everyMs,
  });
}

async function sweepOnce(platform: Platform): Promise<void> {
  const { driver, records, writeManifests, now, newId, advancing, metrics, log } = platform;
  const ending = { now: now(), newId, form: RECORD_FORM, advancing };
  try {
    const count = await expireLeases(driver, { ...ending, failureOf: runnerLostText });
    if (count > 0) {
      metrics.leasesExpired(count);
      log.info({ count }, "leases have expired");
    }
    await expireQueue(driver, {
      ...ending,
      failure: failureText("QUEUE_TIMED_OUT", "no runner had the attempt in the time that it may wait"),
    });
    await tendSweeps(platform);
    await forgetExecutions(driver, new Date(now().getTime() - FORGET_MS));
  } finally {
    await writeManifests();
    await buryRecords(driver, records);
  }
}
