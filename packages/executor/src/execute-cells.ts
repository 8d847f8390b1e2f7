import type { Kernel } from "@notemill/kernel";
import type { CellRecord } from "./cell-record.ts";
import { type CellRequests, createCellRequests } from "./cell-requests.ts";
import type { Clock } from "./clock.ts";
import { BASH_KERNEL, whyEnded } from "./ended-interpreter.ts";
import { ExecutorError } from "./executor-error.ts";
import { type ExecuteCellOptions, type ExecutedCell, executeCell, letItStop } from "./execute-cell.ts";
import { stateOfFailure, type StoppedRun } from "./stopped-run.ts";
import type { OutputRouter } from "./output-router.ts";
import type { MessageFilter } from "./redact/message-filter.ts";
import { pythonIsoFormat } from "./python-time.ts";
import type { RunDocument } from "./run-document.ts";
import type { RunEvent } from "./run-event.ts";
import { cellTags, needsKernel } from "./cell-tags.ts";
import type { WidgetStates } from "./widget-states.ts";

/** What {@link executeCells} needs. */
export interface ExecuteCellsOptions {
  readonly kernel: Kernel;
  readonly document: RunDocument;
  readonly router: OutputRouter;
  /** What is to be seen of what the kernel says. */
  readonly filter: MessageFilter;
  /** Tells the kernel after every cell what that has put into widgets. */
  readonly widgets: Pick<WidgetStates, "sync" | "isEmpty">;
  readonly clock: Clock;
  /** Aborts the run; the reason says why, as an `ExecutorError`. */
  readonly signal: AbortSignal;
  /** Whether the cells behind one that raises are executed too. */
  readonly allowErrors: boolean;
  /** Longest time of one cell in milliseconds; `null` for none. */
  readonly cellTimeoutMs: number | null;
  /** How long an interrupted cell may take to stop before the kernel is given up, in milliseconds. */
  readonly interruptGraceMs: number;
  /** Index of the first cell to execute; earlier ones keep what they have. */
  readonly firstIndex: number;
  readonly onEvent: (event: RunEvent) => void;
  /** Called whenever the document changed. */
  readonly onChange: () => void;
}

/**
 * Executes the cells of a document in order, until one fails, or with `allowErrors` to the end.
 *
 * Cells that are not code, are blank, or are tagged `skip-execution` are not
 * sent to the kernel. Output that a background thread of an earlier cell prints
 * later still goes to that cell.
 *
 * @returns What stopped the run, or made it fail, or `undefined` when every cell is done.
 */
export async function executeCells(options: ExecuteCellsOptions): Promise<StoppedRun | undefined> {
  const { kernel, document, router, filter, widgets, signal } = options;
  const byMessage = new Map<string, CellRecord>();
  const active = { msgId: "" };
  const requests = createCellRequests({
    ...options,
    records: document.records,
    // A cell that has lost its shell fails although the kernel answers that all is well.
    mayGoAhead: () => widgets.isEmpty && kernel.info.implementation !== BASH_KERNEL,
  });
  let failed: StoppedRun | undefined;
  const stopListening = kernel.onIopub((message) => {
    const parent = message.parent_header?.msg_id ?? "";
    const record = byMessage.get(parent);
    if (!record || parent === active.msgId) return;
    for (const it of filter.apply(message)) router.apply(record, it);
    options.onChange();
  });

  try {
    for (const record of document.records.slice(options.firstIndex)) {
      if (signal.aborted && !requests.ahead) return stateOfFailure(signal.reason, undefined);
      begin(record, options);
      if (!needsKernel(record.source)) {
        end(record, "completed", options);
        continue;
      }
      const executed = await executeCell(record, { ...options, requests, byMessage, active });
      if (executed.type === "replied") widgets.sync(kernel.sendComm);
      const stopped = judge(record, executed, kernel.info);
      end(record, stopped ? "failed" : "completed", options);
      if (stopped && !goesOn(executed, stopped, options)) {
        if (requests.ahead) await takeBack(requests.ahead, { ...options, byMessage, active });
        return stopped;
      }
      failed = stopped ?? failed;
    }
    await drain(kernel, signal);
    return failed;
  } finally {
    stopListening();
    for (const message of filter.flush()) {
      const record = byMessage.get(message.parent_header?.msg_id ?? "");
      if (record) router.apply(record, message);
    }
  }
}

/** Stops a cell that was sent although the run ends before it; the record says that it was begun, and what it said. */
async function takeBack(
  { record, execution }: NonNullable<CellRequests["ahead"]>,
  options: ExecuteCellsOptions & Pick<ExecuteCellOptions, "byMessage" | "active">,
): Promise<void> {
  const { byMessage, active, filter, router } = options;
  const read = async (): Promise<void> => {
    for await (const message of execution) for (const it of filter.apply(message)) router.apply(record, it);
  };
  byMessage.set(execution.msgId, record);
  active.msgId = execution.msgId;
  begin(record, options);
  read().catch(() => undefined);
  await letItStop(execution.msgId, options);
  active.msgId = "";
  end(record, "failed", options);
}

/**
 * Makes one round trip, so that output which a kernel sends only after it has
 * said that it is idle, as Deno's does, still arrives.
 */
async function drain(kernel: Kernel, signal: AbortSignal): Promise<void> {
  try {
    const roundTrip = kernel.execute("", { silent: true, signal, timeoutMs: DRAIN_MS });
    for await (const message of roundTrip) void message;
  } catch {
    // Every cell is done; whatever ails the kernel now does not change what they said.
  }
}

/** How long a kernel may take for a round trip that does nothing, in milliseconds. */
const DRAIN_MS = 2000;

/** Decides whether the run goes on after a cell. */
function judge(record: CellRecord, executed: ExecutedCell, info: Kernel["info"]): StoppedRun | undefined {
  if (executed.type === "interrupted") return stateOfFailure(executed.error, record);
  const { reply } = executed;
  if (cellTags(record.source).includes("raises-exception")) return undefined;
  if (reply.status !== "ok") return stateOfFailure(reply, record);
  const why = whyEnded(info, reply, record.outputs.snapshot());
  return why === undefined ? undefined : stateOfFailure(new ExecutorError("CELL_FAILED", why), record);
}

/** Whether cells are executed behind one that failed: not where the kernel does not answer, or the notebook ends itself. */
function goesOn(
  executed: ExecutedCell,
  { failure }: StoppedRun,
  { allowErrors }: ExecuteCellsOptions,
): boolean {
  return allowErrors && executed.type === "replied" && failure !== undefined;
}

function begin(record: CellRecord, { clock, onEvent, onChange }: ExecuteCellsOptions): void {
  const now = clock.now();
  record.start(now);
  onChange();
  const description = /papermill_description=\s*(\S+)/.exec(record.source.source)?.[1];
  onEvent({
    type: "cell-started",
    time: pythonIsoFormat(now),
    cell_index: record.index,
    cell_id: record.id,
    cell_type: record.source.cell_type,
    ...(description === undefined ? {} : { description }),
  });
}

function end(record: CellRecord, status: "completed" | "failed", options: ExecuteCellsOptions): void {
  const now = options.clock.now();
  const duration = record.finish(status, now);
  options.onChange();
  options.onEvent({
    type: "cell-finished",
    time: pythonIsoFormat(now),
    cell_index: record.index,
    cell_id: record.id,
    status,
    duration,
    execution_count: record.executionCount,
  });
}
