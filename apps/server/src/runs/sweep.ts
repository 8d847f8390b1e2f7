import { expireLeases } from "@notemill/store";
import type { Platform } from "../platform.ts";
import { RECORD_FORM } from "../records/record-form.ts";
import { buryRecords } from "../records/bury-records.ts";
import { writeManifests } from "../records/write-manifests.ts";

/** How often the server looks for what nobody else ends, in milliseconds; more often where leases are short. */
const SWEEP_MS = 2000;

/** The failure of an attempt whose runner was not heard of any more, as JSON. */
const LOST = JSON.stringify({
  code: "RUNNER_LOST",
  message: "the runner was not heard of any more",
  cell_id: null,
  cell_index: null,
  ename: null,
  evalue: null,
  traceback: [],
});

/** Ends attempts whose runners are gone and writes what is left to be written, again and again. */
export function startSweeping(platform: Platform): AsyncDisposable {
  let isOver = false;
  let timer: NodeJS.Timeout | undefined;
  let last = Promise.resolve();
  const sweep = async (): Promise<void> => {
    try {
      await sweepOnce(platform);
    } catch (error) {
      platform.report("the sweep has failed and is tried again", error);
    }
    if (!isOver) timer = setTimeout(again, Math.min(SWEEP_MS, platform.leases.leaseMs / 4));
  };
  const again = (): void => {
    last = sweep();
  };
  again();
  return {
    async [Symbol.asyncDispose]() {
      isOver = true;
      clearTimeout(timer);
      await last;
    },
  };
}

async function sweepOnce({ driver, records, now, newId, metrics, log }: Platform): Promise<void> {
  try {
    const count = await expireLeases(driver, { now: now(), newId, failure: LOST, form: RECORD_FORM });
    if (count > 0) {
      metrics.leasesExpired(count);
      log.info({ count }, "leases have expired");
    }
  } finally {
    await writeManifests(driver, records);
    await buryRecords(driver, records);
  }
}
