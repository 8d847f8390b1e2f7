import { isCodedError } from "@notemill/errors";
import { exportHtmlChunks } from "@notemill/html-export";
import { decodeNotebookBytes, type Notebook, readNotebook } from "@notemill/nbformat";
import { readScraps } from "@notemill/scraps";
import { isFinal } from "@notemill/schedules";
import { readAll } from "@notemill/storage";
import {
  countChildren,
  firstFailedChild,
  firstFailedRun,
  getRun,
  getSweep,
  getTrigger,
  getWorkflow,
  getWorkflowRun,
  latestRecordFiles,
  type OutboxMessage,
  type StoredRun,
} from "@notemill/store";
import type { Platform } from "../platform.ts";
import { RECORD_FORM } from "../records/record-form.ts";
import { presentFailure } from "../runs/present-run.ts";
import type { Notice } from "./notice.ts";
import { quoteFailure } from "./quote-failure.ts";
import { howOf } from "./rule-form.ts";

/** The most bytes of an output notebook that is read for a notice, and of a page. */
const MOST_BYTES = 20 * 2 ** 20;

/** The longest output in a page, in UTF-16 units. */
const LONGEST_OUTPUT = 200_000;

/** A notice, and the page that goes with it where the rule wants one. */
export interface ComposedNotice {
  readonly notice: Notice;
  readonly page: string | null;
}

/** Finds out what there is to say about a message of the outbox, as things are now. */
export async function composeNotice(platform: Platform, message: OutboxMessage): Promise<ComposedNotice> {
  const { driver } = platform;
  const { scraps: wanted, page: wantsPage } = howOf(message.rule);
  const workflowRun =
    message.workflowRunId === null ? null : await getWorkflowRun(driver, message.workflowRunId);
  const workflow = workflowRun && (await getWorkflow(driver, workflowRun.workflowId));
  const startedRun = message.runId === null ? null : await getRun(driver, message.runId);
  const sweep = startedRun !== null && startedRun.isSweep ? startedRun : null;
  const run =
    message.event === "failed" ? await failedRun(platform, { startedRun, workflowRun }) : startedRun;
  const trigger = message.triggerId === null ? null : await getTrigger(driver, message.triggerId);
  const failure = presentFailure(run?.failure ?? null);
  const needsNotebook = failure !== null || wanted.length > 0 || wantsPage;
  const notebook =
    run === null || !isFinal(run.status) || !needsNotebook ? null : await outputOf(platform, run);
  const path = run?.path ?? trigger?.path ?? "";
  const found = notebook === null ? null : readScraps(notebook).scraps;
  const notice: Notice = {
    event: message.event,
    name: trigger?.name ?? workflow?.name ?? path,
    path,
    scheduleId: message.triggerId,
    slot: message.slot?.toISOString() ?? null,
    afterMs: message.rule.afterMs,
    reason: message.reason === null ? null : (JSON.parse(message.reason) as Notice["reason"]),
    run: run && {
      id: run.id,
      status: run.status,
      durationMs: durationOf(run),
      parameters: sweep === null || run === sweep ? null : run.parameters,
      failure,
    },
    sweep: sweep && {
      id: sweep.id,
      status: sweep.status,
      durationMs: durationOf(sweep),
      ...(await countsOf(platform, sweep.id)),
    },
    workflowRun: workflowRun && {
      id: workflowRun.id,
      status: workflowRun.status,
      durationMs: durationOf(workflowRun),
    },
    quote: failure && quoteFailure(failure, notebook),
    scraps: wanted.flatMap((name) => {
      const value = found?.get(name)?.data;
      return value === undefined ? [] : [{ name, value }];
    }),
    link: run === null ? null : `${platform.publicUrl}/runs/${run.id}`,
  };
  return { notice, page: wantsPage && notebook !== null ? await pageOf(notebook, path) : null };
}

/** How many runs a sweep has, and how many of them have succeeded. */
async function countsOf(
  { driver }: Platform,
  sweepId: string,
): Promise<{ readonly total: number; readonly succeeded: number }> {
  const sweep = await getSweep(driver, sweepId);
  return { total: sweep?.total ?? 0, succeeded: (await countChildren(driver, sweepId)).succeeded ?? 0 };
}

/** The run that somebody has to look at: of a sweep or a workflow-run the first that failed. */
async function failedRun(
  { driver }: Platform,
  { startedRun, workflowRun }: { startedRun: StoredRun | null; workflowRun: { readonly id: string } | null },
): Promise<StoredRun | null> {
  if (startedRun === null) {
    const id = workflowRun === null ? null : await firstFailedRun(driver, workflowRun.id);
    return id === null ? null : getRun(driver, id);
  }
  if (!startedRun.isSweep) return startedRun;
  const child = await firstFailedChild(driver, startedRun.id);
  return (child?.runId == null ? null : await getRun(driver, child.runId)) ?? startedRun;
}

/** The output notebook of a run; null where there is none, or a very large one. */
async function outputOf({ driver, records }: Platform, run: StoredRun): Promise<Notebook | null> {
  const latest = await latestRecordFiles(driver, run.id);
  const output = latest?.files.find(({ name }) => name === "output.ipynb");
  if (latest === null || output === undefined || output.size > MOST_BYTES) return null;
  try {
    const bytes = await readAll(
      records,
      `${RECORD_FORM.directory(run, { number: latest.attempt })}/output.ipynb`,
    );
    let count = 0;
    return readNotebook(decodeNotebookBytes(bytes), { newId: () => `unnamed-${++count}` }).notebook;
  } catch (error) {
    // One that cannot be read is nothing that anybody can be told more of; a store that is away is tried again.
    if (isCodedError(error) && error.code.startsWith("NOTEBOOK_")) return null;
    throw error;
  }
}

/** The output as a page without code; null where it would be very large. */
async function pageOf(notebook: Notebook, path: string): Promise<string | null> {
  const chunks: string[] = [];
  let length = 0;
  const options = { input: "omit", name: path, maxOutputLength: LONGEST_OUTPUT } as const;
  for (const chunk of exportHtmlChunks(notebook, options)) {
    chunks.push(chunk);
    length += chunk.length;
    if (length > MOST_BYTES) return null;
    // Others have their turn: a page may take a while.
    await new Promise((resolve) => setImmediate(resolve));
  }
  return chunks.join("");
}

function durationOf({ startedAt, finishedAt }: Pick<StoredRun, "startedAt" | "finishedAt">): number | null {
  return startedAt === null || finishedAt === null ? null : finishedAt.getTime() - startedAt.getTime();
}
