import type { Kernel } from "@notemill/kernel";
import type { Notebook } from "@notemill/nbformat";
import { parametersToJson } from "@notemill/parameters";
import type { Location } from "@notemill/storage";
import { seconds } from "./cell-record.ts";
import type { Clock } from "./clock.ts";
import { executeCells } from "./execute-cells.ts";
import { failureInChecks } from "./failed-check.ts";
import { failureInOutputs, withMarkers } from "./finish-notebook.ts";
import { createOutputFile } from "./output-file.ts";
import { DEFAULT_OUTPUT_LIMITS } from "./output-limits.ts";
import { createOutputRouter } from "./output-router.ts";
import { createOutputSaver } from "./output-saver.ts";
import { pythonIsoFormat } from "./python-time.ts";
import { createRunDocument, type RunDocument } from "./run-document.ts";
import type { RunEvent } from "./run-event.ts";
import { runMetadata } from "./run-metadata.ts";
import type { RunNotebookOptions, RunOutcome } from "./run-options.ts";
import { createSpillFiles } from "./spill-files.ts";
import { createStopSignal } from "./stop-signal.ts";
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
  readonly clock: Clock;
  readonly newCellId: () => string;
  readonly onEvent: (event: RunEvent) => void;
}

/**
 * Executes a prepared notebook and keeps its output file true: it says
 * `running` from before the first cell, and how it ended when this returns.
 *
 * The kernel is the caller's to end.
 */
export async function executeDocument(options: ExecuteDocumentOptions): Promise<RunOutcome> {
  const { clock, output, onEvent, newCellId, runId, outputPath } = options;
  const spill = createSpillFiles(output?.localPath);
  const document = createRunDocument(options.prepared, options.outputLimits ?? DEFAULT_OUTPUT_LIMITS, spill);
  const file = output && createOutputFile(output, options.compat === true ? "literal" : "string");
  const isLive = output?.rewritable === true && options.saveIntervalMs !== null;
  const warn = (error: unknown): void => onEvent(saveWarning(error));
  const saver = createOutputSaver({
    clock,
    intervalMs: isLive ? (options.saveIntervalMs ?? 1000) : null,
    onError: warn,
    save: async () => file?.saveChanges(document.snapshot()),
  });

  const startMs = clock.now();
  begin(document, startMs, options);
  if (isLive) saver.flush().catch(warn);

  const stop = createStopSignal(clock, options);
  const stopped = await execute(document, () => saver.changed(), stop.signal, options);
  stop.release();

  const endMs = clock.now();
  finish(document, stopped, { startMs, endMs, options });
  const failure = stopped?.failure;
  const notebook = withMarkers(document.snapshot(), failure, newCellId);
  await saver.close();
  spill.close();
  await file?.saveWhole(notebook);
  await file?.close();

  const outcome: RunOutcome = {
    runId,
    status: stopped?.status ?? "succeeded",
    ...(failure === undefined ? {} : { failure }),
    notebook,
    outputPath,
    duration: Math.round((endMs - startMs) * 1000) / 1e6,
  };
  onEvent(finishedEvent(outcome, endMs));
  return outcome;
}

/** Waits for the kernel and runs the cells. */
async function execute(
  document: RunDocument,
  onChange: () => void,
  signal: AbortSignal,
  options: ExecuteDocumentOptions,
): Promise<StoppedRun | undefined> {
  const { clock, onEvent } = options;
  let kernel: Kernel;
  try {
    kernel = await options.kernel;
  } catch (error) {
    return stateOfFailure(signal.aborted ? signal.reason : error, undefined);
  }
  onEvent({
    type: "kernel-ready",
    time: pythonIsoFormat(clock.now()),
    kernel_name: options.kernelName,
    pid: kernel.pid,
    connection_file: kernel.connectionFile,
    resumed: false,
  });
  const widgets = createWidgetStates();
  const router = createOutputRouter(widgets, ({ index, id }, output) =>
    onEvent({ type: "cell-output", cell_index: index, cell_id: id, output }),
  );
  const stopped = await executeCells({
    kernel,
    document,
    router,
    clock,
    signal,
    cellTimeoutMs: options.cellTimeoutMs ?? null,
    interruptGraceMs: options.interruptGraceMs ?? 2000,
    firstIndex: 0,
    onEvent,
    onChange,
  });
  const widgetState = widgets.snapshot();
  document.setMetadata({
    language_info: kernel.info.language_info,
    ...(widgetState === undefined ? {} : { widgets: widgetState }),
  });
  return stopped ?? failureInOutputs(document) ?? failureInChecks(document);
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
    parameters: parametersToJson(options.parameters ?? new Map()),
  });
}

function finish(
  document: RunDocument,
  stopped: StoppedRun | undefined,
  run: { readonly startMs: number; readonly endMs: number; readonly options: ExecuteDocumentOptions },
): void {
  const { startMs, endMs, options } = run;
  document.setPapermill({
    end_time: pythonIsoFormat(endMs),
    duration: seconds(endMs - startMs),
    exception: stopped === undefined ? null : true,
  });
  if (options.compat === true) return;
  const status = stopped?.status ?? "succeeded";
  document.setMetadata({
    notemill: runMetadata({ ...options, status, failure: stopped?.failure }),
  });
}

function finishedEvent(
  { runId, status, duration, outputPath, failure }: RunOutcome,
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
  };
}

function saveWarning(error: unknown): RunEvent {
  const message = error instanceof Error ? error.message : String(error);
  return {
    type: "run-warned",
    code: "SAVE_FAILED",
    message: `the output notebook could not be saved: ${message}`,
  };
}
