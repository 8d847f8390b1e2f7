import { createHash } from "node:crypto";
import { cancelRun, childrenToCancel, finishSweep, getRun, getSweep, sweepsUnderWay } from "@notemill/store";
import type { Platform } from "../platform.ts";
import { keepRecordFile } from "../records/keep-record-file.ts";
import { manifestsInTime } from "../records/manifests-in-time.ts";
import { RECORD_FORM } from "../records/record-form.ts";
import { failureText } from "../runs/failure-text.ts";
import { measureChildren } from "./child-metrics.ts";
import { summarizeSweep, type SweepSummary } from "./sweep-summary.ts";

/** How many sweeps are looked up at once. */
const PAGE = 100;

/** Does what is to be done for every sweep that is under way; what goes wrong with one keeps no other from it. */
export async function tendSweeps(platform: Platform): Promise<void> {
  for (let after: string | null = null; ;) {
    const ids: readonly string[] = await sweepsUnderWay(platform.driver, { after, limit: PAGE });
    for (const id of ids) await tendInTime(platform, id);
    if (ids.length < PAGE) return;
    after = ids.at(-1) ?? after;
  }
}

/** {@link tendSweep} for a request that has changed something; what cannot be done now is done by the next sweep of the server. */
export async function tendInTime(platform: Platform, sweepId: string): Promise<void> {
  try {
    await tendSweep(platform, sweepId);
  } catch (error) {
    platform.report(`sweep ${sweepId} has to wait`, error);
  }
}

/**
 * Does what the transactions of a sweep's children cannot: cancels children, reads
 * their notebooks, and ends the parent with its summary when all are over.
 *
 * Any server may do it at any time, and several at once: each step is done once, or gives the same.
 */
async function tendSweep(platform: Platform, sweepId: string): Promise<void> {
  const { driver, now, newId, advancing } = platform;
  const toCancel = await childrenToCancel(driver, sweepId);
  for (const id of toCancel) {
    await cancelRun(driver, id, {
      now: now(),
      form: RECORD_FORM,
      nextAttemptId: newId(),
      failure: CANCELLED,
      advancing,
    });
  }
  if (toCancel.length > 0) await manifestsInTime(platform);
  // Looked up before the children are measured: one that ends meanwhile would be left out of the summary, which is written once.
  const sweep = await getSweep(driver, sweepId);
  await measureChildren(platform, sweepId);
  if (sweep !== null && sweep.childrenOverAt !== null && !sweep.isOver) await endSweep(platform, sweepId);
}

/** The failure of a child that was cancelled while it waited, as JSON. */
const CANCELLED = failureText("RUN_CANCELLED", "the sweep was ended before a runner had the run");

async function endSweep(platform: Platform, sweepId: string): Promise<void> {
  const { driver, records, now, newId, advancing, log } = platform;
  const parent = await getRun(driver, sweepId);
  if (parent === null) throw new Error(`the sweep "${sweepId}" has no run`);
  const summary = await summarizeSweep(platform, parent);
  const directory = RECORD_FORM.directory(parent, { number: parent.attempt });
  const files = [];
  for (const { name, text } of summary.files) {
    const bytes = Buffer.from(text);
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    const kept = await keepRecordFile(records, `${directory}/${name}`, { sha256, bytes: only(bytes) });
    files.push({ name, ...kept });
  }
  const isCancelled = parent.cancelRequestedAt !== null;
  const ended = await finishSweep(driver, sweepId, {
    ...endingOf(summary, isCancelled),
    files,
    facts: null,
    now: now(),
    form: RECORD_FORM,
    nextAttemptId: newId(),
    advancing,
  });
  await manifestsInTime(platform);
  if (ended !== null) log.info({ run_id: sweepId, status: ended.status }, "sweep ended");
}

async function* only(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

/** How a parent ends, by what became of its children. */
function endingOf(
  { total, succeeded, firstFailed }: SweepSummary,
  isCancelled: boolean,
): { readonly outcome: "succeeded" | "cancelled" | "failed"; readonly failure: string | null } {
  if (firstFailed === null) return { outcome: "succeeded", failure: null };
  if (isCancelled) {
    const done = `${succeeded} of its ${total} runs had succeeded`;
    return {
      outcome: "cancelled",
      failure: failureText("RUN_CANCELLED", `the sweep was cancelled; ${done}`),
    };
  }
  const { index, status, reason } = firstFailed;
  const first = `the first is at ${index}, ${status ?? "not started"}${reason === null ? "" : `: ${reason.message}`}`;
  const message = `${total - succeeded} of ${total} runs did not succeed; ${first}`;
  return { outcome: "failed", failure: failureText("SWEEP_RUNS_FAILED", message) };
}
