import type { JsonObject } from "@notemill/json";
import type { Kernel } from "@notemill/kernel";
import { encodeNotebook, type Notebook } from "@notemill/nbformat";
import { type ParameterMap, parametersToJson } from "@notemill/parameters";
import type { Location } from "@notemill/storage";
import type { Clock } from "./clock.ts";
import { executeCells } from "./execute-cells.ts";
import { failureInOutputs, withMarkers } from "./finish-notebook.ts";
import { DEFAULT_OUTPUT_LIMITS, type OutputSpill } from "./output-limits.ts";
import { createOutputRouter } from "./output-router.ts";
import { createOutputSaver } from "./output-saver.ts";
import { pythonIsoFormat } from "./python-time.ts";
import { createRunDocument, type RunDocument } from "./run-document.ts";
import type { RunEvent } from "./run-event.ts";
import type { RunNotebookOptions, RunOutcome } from "./run-options.ts";
import { seconds } from "./cell-record.ts";
import { stateOfFailure, type StoppedRun } from "./stopped-run.ts";
import { createWidgetStates } from "./widget-states.ts";

/** What {@link executeDocument} needs beside the options of the run. */
export interface ExecuteDocumentOptions extends RunNotebookOptions {
  readonly runId: string;
  readonly output: Location | null;
  /** The notebook with parameters and metadata in place. */
  readonly source: Notebook;
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
  const spill: OutputSpill = { write: () => "" };
  const document = createRunDocument(options.source, options.outputLimits ?? DEFAULT_OUTPUT_LIMITS, spill);
  const widgets = createWidgetStates();
  let final: Notebook | undefined;

  const saver = createOutputSaver({
    clock,
    intervalMs: output?.rewritable === true ? (options.saveIntervalMs ?? 1000) : null,
    onError: (error) => onEvent(saveWarning(error)),
    async save() {
      await output?.write([encodeNotebook(final ?? document.snapshot())], { durable: true });
      return 0;
    },
  });

  const startMs = clock.now();
  begin(document, startMs, options);
  if (output?.rewritable === true && options.saveIntervalMs !== null) {
    saver.flush().catch((error: unknown) => onEvent(saveWarning(error)));
  }

  const stopped = await execute(document, widgets, saver.changed, options);
  const endMs = clock.now();
  finish(document, widgets.snapshot(), stopped, { startMs, endMs, runId });
  final = withMarkers(document.snapshot(), stopped?.failure, newCellId);
  await saver.close();
  await saver.flush();

  const status = stopped?.status ?? "succeeded";
  const failure = stopped?.failure;
  const duration = (endMs - startMs) / 1000;
  onEvent({
    type: "run-finished",
    run_id: runId,
    time: pythonIsoFormat(endMs),
    status,
    duration,
    output_path: outputPath ?? "",
    ...(failure === undefined ? {} : { failure }),
  });
  return {
    runId,
    status,
    ...(failure === undefined ? {} : { failure }),
    notebook: final,
    outputPath,
    duration,
  };
}

/** Waits for the kernel and runs the cells. */
async function execute(
  document: RunDocument,
  widgets: ReturnType<typeof createWidgetStates>,
  onChange: () => void,
  options: ExecuteDocumentOptions,
): Promise<StoppedRun | undefined> {
  const { clock, onEvent } = options;
  let kernel: Kernel;
  try {
    kernel = await options.kernel;
  } catch (error) {
    return stateOfFailure(error, undefined);
  }
  onEvent({
    type: "kernel-ready",
    time: pythonIsoFormat(clock.now()),
    kernel_name: options.kernelName,
    pid: kernel.pid,
    connection_file: kernel.connectionFile,
    resumed: false,
  });
  const router = createOutputRouter(widgets, ({ index, id }, cellOutput) =>
    onEvent({ type: "cell-output", cell_index: index, cell_id: id, output: cellOutput }),
  );
  const stopped = await executeCells({
    kernel,
    document,
    router,
    clock,
    signal: options.signal ?? new AbortController().signal,
    cellTimeoutMs: options.cellTimeoutMs ?? null,
    interruptGraceMs: options.interruptGraceMs ?? 2000,
    firstIndex: 0,
    onEvent,
    onChange,
  });
  document.setMetadata({ language_info: kernel.info.language_info });
  return stopped ?? failureInOutputs(document);
}

function begin(document: RunDocument, startMs: number, options: ExecuteDocumentOptions): void {
  document.setPapermill({
    start_time: pythonIsoFormat(startMs),
    end_time: null,
    duration: null,
    exception: null,
  });
  document.setMetadata({ notemill: { run_id: options.runId, status: "running", pid: process.pid } });
  options.onEvent({
    type: "run-started",
    run_id: options.runId,
    time: pythonIsoFormat(startMs),
    input_path: options.inputPath,
    output_path: options.outputPath ?? "",
    kernel_name: options.kernelName,
    cell_count: document.records.length,
    parameters: parametersToJson(options.parameters ?? (new Map() as ParameterMap)),
  });
}

function finish(
  document: RunDocument,
  widgets: JsonObject | undefined,
  stopped: StoppedRun | undefined,
  { startMs, endMs, runId }: { startMs: number; endMs: number; runId: string },
): void {
  const failure = stopped?.failure;
  document.setPapermill({
    end_time: pythonIsoFormat(endMs),
    duration: seconds(endMs - startMs),
    exception: stopped === undefined ? null : true,
  });
  document.setMetadata({
    ...(widgets === undefined ? {} : { widgets }),
    notemill: {
      run_id: runId,
      status: stopped?.status ?? "succeeded",
      ...(failure === undefined ? {} : { failure: { code: failure.code, message: failure.message } }),
    },
  });
}

function saveWarning(error: unknown): RunEvent {
  const message = error instanceof Error ? error.message : String(error);
  return {
    type: "run-warned",
    code: "SAVE_FAILED",
    message: `the output notebook could not be saved: ${message}`,
  };
}
