import { isCodedError } from "@notemill/errors";
import { encodeJson } from "@notemill/json";
import { metricsRow } from "@notemill/scraps";
import { readAll } from "@notemill/storage";
import { getRun, latestRecordFiles, noteMetrics, unmeasuredChildren } from "@notemill/store";
import type { Platform } from "../platform.ts";
import { OUTPUT_NAME, RECORD_FORM } from "../records/record-form.ts";
import { notebookOf } from "../runs/notebook-of.ts";

/** How many children are looked at before others have a turn. */
const PAGE = 50;

/** Reads what the notebooks of children that are over recorded, and notes it. */
export async function measureChildren(platform: Platform, sweepId: string): Promise<void> {
  const { driver } = platform;
  for (;;) {
    const children = await unmeasuredChildren(driver, sweepId, PAGE);
    for (const { index, runId } of children) {
      if (runId !== null) await noteMetrics(driver, { sweepId, index, ...(await measure(platform, runId)) });
    }
    if (children.length < PAGE) return;
  }
}

const NOTHING = { metrics: "{}", seconds: null };

async function measure(
  { driver, records }: Platform,
  runId: string,
): Promise<{ readonly metrics: string; readonly seconds: number | null }> {
  const run = await getRun(driver, runId);
  const latest = await latestRecordFiles(driver, runId);
  if (run === null || latest?.files.some(({ name }) => name === OUTPUT_NAME) !== true) return NOTHING;
  const directory = RECORD_FORM.directory(run, { number: latest.attempt });
  const bytes = await readAll(records, `${directory}/${OUTPUT_NAME}`).catch((error: unknown) => {
    // Somebody has taken it away. A store that is away comes back.
    if (isCodedError(error) && error.code === "STORAGE_NOT_FOUND") return null;
    throw error;
  });
  if (bytes === null) return NOTHING;
  try {
    const { metrics, duration } = metricsRow("", notebookOf(bytes));
    return { metrics: encodeJson(metrics), seconds: duration };
  } catch (error) {
    // What a cell left may be no notebook any more.
    if (isCodedError(error)) return NOTHING;
    throw error;
  }
}
