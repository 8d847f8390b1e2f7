import type { JsonObject } from "@notemill/json";
import type { Kernel } from "@notemill/kernel";
import type { Notebook } from "@notemill/nbformat";
import { parametersToJson } from "@notemill/parameters";
import type { Location } from "@notemill/storage";
import { seconds } from "./cell-record.ts";
import type { Clock } from "./clock.ts";
import { executeCells } from "./execute-cells.ts";
import { failureInChecks } from "./failed-check.ts";
import { failureInOutputs, withMarkers } from "./finish-notebook.ts";
import { createDocumentSaves, type DocumentSaves } from "./document-saves.ts";
import type { ExecutorError } from "./executor-error.ts";
import { guardListener } from "./guard-listener.ts";
import { type KeptKernel, keepKernel, keptKernelMetadata } from "./kept-kernel.ts";
import { DEFAULT_OUTPUT_LIMITS } from "./output-limits.ts";
import { createOutputRouter } from "./output-router.ts";
import { pythonIsoFormat } from "./python-time.ts";
import { createMessageFilter, NO_FILTER } from "./redact/message-filter.ts";
import { restoreWidgets } from "./restore-widgets.ts";
import { createRunDocument, type RunDocument } from "./run-document.ts";
import type { RunEvent } from "./run-event.ts";
import { runMetadata } from "./run-metadata.ts";
import type { RunNotebookOptions, RunOutcome } from "./run-options.ts";
import { createSpillFiles } from "./spill-files.ts";
import { createStopSignal, type StopSignal } from "./stop-signal.ts";
import { stateOfFailure, type StoppedRun } from "./stopped-run.ts";
import { createWidgetStates } from "./widget-states.ts";

/** What {@link executeDocument} needs beside the options of the run. */
export interface ExecuteDocumentOptions extends RunNotebookOptions {
  readonly runId: string;
  readonly output: Location | null;
  /** The notebook with parameters and metadata in place. */
  readonly prepared: Notebook;
  readonly sourceSha256: string;
  readonly kernelName: string;
  /** The kernel, already on its way. */
  readonly kernel: Promise<Kernel>;
  /** Called when the kernel is of no use any longer, unless it is kept. */
  readonly endKernel: () => void;
  /** Index of the first cell to execute; the earlier ones keep what an earlier run gave them. Default 0. */
  readonly firstIndex?: number;
  readonly clock: Clock;
  readonly newCellId: () => string;
  readonly onEvent: (event: RunEvent) => void;
}

/**
 * Executes a prepared notebook and keeps its output file true: it says
 * `running` from before the first cell, and how it ended when this returns.
 * What `onEvent` throws ends the run, and is thrown when its file is final and
 * every timer and file is let go of.
 *
 * The kernel is the caller's to end, which may begin before the last save: the
 * outputs are no longer in the kernel.
 */
export async function executeDocument(options: ExecuteDocumentOptions): Promise<RunOutcome> {
  const limits = { ...DEFAULT_OUTPUT_LIMITS, ...options.outputLimits };
  const spill = createSpillFiles(options.output?.localPath, limits.spillLength);
  const document = createRunDocument(options.prepared, limits, spill, options.firstIndex);
  const stop = createStopSignal(options.clock, options);
  const listener = guardListener(options.onEvent, stop.abort);
  const guarded = { ...options, onEvent: listener.onEvent };
  const saves = createDocumentSaves(document, guarded);
  try {
    const outcome = await runToEnd({ document, saves, stop, fault: listener.fault }, guarded);
    listener.rethrow();
    return outcome;
  } finally {
    stop.release();
    await saves.release();
    spill.close();
  }
}

/** What a run holds open; who makes it lets go of it. */
interface OpenRun {
  readonly document: RunDocument;
  readonly saves: DocumentSaves;
  readonly stop: StopSignal;
  /** Why the run ends, where its listener has thrown. */
  readonly fault: () => ExecutorError | undefined;
}

async function runToEnd(
  { document, saves, stop, fault }: OpenRun,
  options: ExecuteDocumentOptions,
): Promise<RunOutcome> {
  const { clock, onEvent, newCellId, runId, outputPath } = options;
  const startMs = clock.now();
  begin(document, startMs, options);
  saves.begin();

  const { stopped: stoppedBy, kernel } = await execute(document, saves.changed, stop.signal, options);
  stop.release();
  const fatal = fault();
  const stopped = stoppedBy?.failure === undefined && fatal ? stateOfFailure(fatal, undefined) : stoppedBy;

  const endMs = clock.now();
  // Whoever cannot be told of a kernel cannot take it up.
  const keptKernel = fatal ? undefined : await kernelToKeep(kernel, stopped, endMs, options);
  if (keptKernel === undefined) options.endKernel();
  finish(document, stopped, { startMs, endMs, keptKernel, options });
  const notebook = withMarkers(document.snapshot(), stopped?.failure, newCellId);
  const ended = await saves.finish(notebook, { status: stopped?.status ?? "succeeded", ...stopped });

  const outcome: RunOutcome = {
    runId,
    ...ended,
    notebook,
    outputPath,
    ...(keptKernel === undefined ? {} : { keptKernel }),
    duration: Math.round((endMs - startMs) * 1000) / 1e6,
  };
  onEvent(finishedEvent(outcome, endMs));
  return outcome;
}

/** Keeps the kernel of a run that did not succeed, where the caller wants that. */
async function kernelToKeep(
  kernel: Kernel | undefined,
  stopped: StoppedRun | undefined,
  nowMs: number,
  { keepKernelMs: keepMs = 0, cwd }: ExecuteDocumentOptions,
): Promise<KeptKernel | undefined> {
  const isWanted = kernel !== undefined && stopped?.failure !== undefined && keepMs > 0;
  return isWanted ? keepKernel(kernel, { keepMs, nowMs, cwd }) : undefined;
}

/** Waits for the kernel and runs the cells. */
async function execute(
  document: RunDocument,
  onChange: () => void,
  signal: AbortSignal,
  options: ExecuteDocumentOptions,
): Promise<{ readonly stopped: StoppedRun | undefined; readonly kernel?: Kernel }> {
  const { clock, onEvent, firstIndex = 0 } = options;
  let kernel: Kernel;
  try {
    kernel = await options.kernel;
  } catch (error) {
    return { stopped: seen(stateOfFailure(signal.aborted ? signal.reason : error, undefined), options) };
  }
  onEvent({
    type: "kernel-ready",
    time: pythonIsoFormat(clock.now()),
    kernel_name: options.kernelName,
    pid: kernel.pid,
    connection_file: kernel.connectionFile,
    resumed: firstIndex > 0,
  });
  const widgets = createWidgetStates({
    maxLength: WIDGETS_LENGTH,
    onTooLong: () => onEvent(widgetWarning()),
    room: document.room,
  });
  if (firstIndex > 0) restoreWidgets(widgets, options.prepared.metadata["widgets"]);
  const router = createOutputRouter(widgets, ({ index, id }, output) =>
    onEvent({ type: "cell-output", cell_index: index, cell_id: id, output }),
  );
  const stopped = await executeCells({
    kernel,
    document,
    router,
    filter: options.redactor === undefined ? NO_FILTER : createMessageFilter(options.redactor),
    widgets,
    clock,
    signal,
    allowErrors: options.allowErrors === true,
    cellTimeoutMs: options.cellTimeoutMs ?? null,
    interruptGraceMs: options.interruptGraceMs ?? 2000,
    firstIndex,
    onEvent,
    onChange,
  });
  const widgetState = widgets.snapshot();
  document.setMetadata({
    language_info: kernel.info.language_info,
    ...(widgetState === undefined ? {} : { widgets: widgetState }),
  });
  return {
    stopped: seen(stopped, options) ?? failureInOutputs(document) ?? failureInChecks(document),
    kernel,
  };
}

/** What is to be seen of a failure: a kernel that dies may say anything. */
function seen<Stopped extends StoppedRun | undefined>(
  stopped: Stopped,
  { redactor }: ExecuteDocumentOptions,
): Stopped {
  if (redactor === undefined || stopped?.failure === undefined) return stopped;
  return { ...stopped, failure: redactor.value(stopped.failure as unknown as JsonObject) };
}

function begin(document: RunDocument, startMs: number, options: ExecuteDocumentOptions): void {
  const { runId, sourceSha256, compat } = options;
  document.setPapermill({
    start_time: pythonIsoFormat(startMs),
    end_time: null,
    duration: null,
    exception: null,
  });
  if (compat !== true)
    document.setMetadata({ notemill: runMetadata({ runId, sourceSha256, status: "running" }) });
  options.onEvent({
    type: "run-started",
    run_id: runId,
    time: pythonIsoFormat(startMs),
    input_path: options.inputPath,
    output_path: options.outputPath ?? "",
    kernel_name: options.kernelName,
    cell_count: document.records.length,
    kept_cell_count: options.firstIndex ?? 0,
    parameters: parametersToJson(options.parameters ?? new Map()),
  });
}

function finish(
  document: RunDocument,
  stopped: StoppedRun | undefined,
  run: {
    readonly startMs: number;
    readonly endMs: number;
    readonly keptKernel: KeptKernel | undefined;
    readonly options: ExecuteDocumentOptions;
  },
): void {
  const { startMs, endMs, keptKernel, options } = run;
  document.setPapermill({
    end_time: pythonIsoFormat(endMs),
    duration: seconds(endMs - startMs),
    exception: stopped === undefined ? null : true,
  });
  if (options.compat === true) return;
  const status = stopped?.status ?? "succeeded";
  document.setMetadata({
    notemill: runMetadata({ ...options, status, failure: stopped?.failure, keptKernel }),
  });
}

function finishedEvent(
  { runId, status, duration, outputPath, failure, keptKernel }: RunOutcome,
  endMs: number,
): RunEvent {
  return {
    type: "run-finished",
    run_id: runId,
    time: pythonIsoFormat(endMs),
    status,
    duration,
    output_path: outputPath ?? "",
    ...(failure === undefined ? {} : { failure }),
    ...(keptKernel === undefined ? {} : { kept_kernel: keptKernelMetadata(keptKernel) }),
  };
}

/** Most that the state of widgets may take in the output notebook, in UTF-16 units. */
const WIDGETS_LENGTH = 32 * 2 ** 20;

function widgetWarning(): RunEvent {
  const message = `the state of widgets is left out of the output notebook: it is longer than ${WIDGETS_LENGTH} characters`;
  return { type: "run-warned", code: "WIDGETS_LEFT_OUT", message };
}
