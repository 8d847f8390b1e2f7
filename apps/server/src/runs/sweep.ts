import { expireLeases } from "@notemill/store";
import type { Platform } from "../platform.ts";
import { RECORD_FORM } from "../records/record-form.ts";
import { writeManifests } from "../records/write-manifests.ts";

/** How often the server looks for what nobody else ends, in milliseconds. */
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
    if (!isOver) timer = setTimeout(again, SWEEP_MS);
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

async function sweepOnce({ driver, records, now, newId }: Platform): Promise<void> {
  await expireLeases(driver, { now: now(), newId, failure: LOST, form: RECORD_FORM });
  await writeManifests(driver, records);
}
