import { completeSettings, type ResumeRun } from "@notemill/api";
import type { StoredRun } from "@notemill/store";
import type { Platform } from "../platform.ts";
import { findKeptKernel } from "./execute-in-kernel.ts";
import { mendSource } from "./mend-source.ts";
import { readSettings } from "./present-run.ts";
import { startRun } from "./start-run.ts";

const NO_RETRIES = { retries: 0 };

/**
 * Starts a run that goes on from the failed cell of another one, in its kernel,
 * at the runner that keeps it. Cells may be mended; the source of the new run has them so.
 *
 * @throws `ServerError` `KERNEL_NOT_KEPT`, `CELL_NOT_FOUND`.
 */
export async function resume(
  platform: Platform,
  run: StoredRun,
  { cells = {} }: ResumeRun,
): Promise<StoredRun> {
  const kernel = await findKeptKernel(platform, run);
  const sourceHash = await mendSource(platform, run.sourceHash, cells);
  const leftMs = Math.max(1, kernel.until.getTime() - platform.now().getTime());
  // The kernel is there once: there is no second try, and no other runner.
  const retry = { user: NO_RETRIES, platform: NO_RETRIES, timeout: NO_RETRIES };
  const { path, kernelName, parameters, tags } = run;
  return startRun(
    platform,
    {
      path,
      sourceHash,
      kernelName,
      parameters,
      tags,
      settings: completeSettings({ retry, timeouts: { queue_ms: leftMs } }, readSettings(run)),
      priority: 100,
      rerunOf: run.id,
      resumes: { attemptId: kernel.attemptId, runnerId: kernel.runnerId },
    },
    { idempotencyKey: null, request: null },
  );
}
