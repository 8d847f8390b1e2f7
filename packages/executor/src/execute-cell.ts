import { type Kernel, KernelError } from "@notemill/kernel";
import type { ExecuteReply, KernelMessage } from "@notemill/messaging";
import type { CellRecord } from "./cell-record.ts";
import { asksForEnd } from "./ended-interpreter.ts";
import type { CellRequests } from "./cell-requests.ts";
import type { Clock } from "./clock.ts";
import type { OutputRouter } from "./output-router.ts";
import type { MessageFilter } from "./redact/message-filter.ts";

/** How the execution of one cell ended: the kernel's answer, or what kept it from answering. */
export type ExecutedCell =
  | { readonly type: "replied"; readonly reply: ExecuteReply }
  | { readonly type: "interrupted"; readonly error: unknown };

/** What {@link executeCell} needs. */
export interface ExecuteCellOptions {
  readonly kernel: Kernel;
  readonly requests: CellRequests;
  readonly router: OutputRouter;
  /** What is to be seen of what the kernel says. */
  readonly filter: MessageFilter;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly interruptGraceMs: number;
  readonly onChange: () => void;
  /** Which cell each request belongs to, for output that comes late. */
  readonly byMessage: Map<string, CellRecord>;
  /** The request whose messages are read here and not by the listener for late output. */
  readonly active: { msgId: string };
}

/**
 * Executes one cell and routes its messages.
 *
 * A cell that takes too long, or is cancelled, is interrupted and given the
 * grace to say where it was; that traceback is in the record when this returns.
 * Whatever happens once the kernel has replied and has the next cell, happens
 * to that one.
 */
export async function executeCell(record: CellRecord, options: ExecuteCellOptions): Promise<ExecutedCell> {
  const { requests, router, filter, active, byMessage, onChange, clock } = options;
  const execution = requests.take(record);
  let early: ExecuteReply | undefined;
  const show = (messages: readonly KernelMessage[]): void => {
    for (const message of messages) router.apply(record, message);
    if (messages.length > 0) onChange();
  };
  const replied = (reply: ExecuteReply): ExecutedCell => {
    record.mark("shell.execute_reply", clock.now());
    if (record.executionCount === null) record.setExecutionCount(reply.execution_count ?? null);
    return { type: "replied", reply: filter.reply(reply) };
  };
  byMessage.set(execution.msgId, record);
  active.msgId = execution.msgId;
  const onReply = (reply: ExecuteReply): void => {
    early = reply;
    // The kernel has sent what it has to say of widgets before its reply, but on another socket.
    setImmediate(() => {
      const goesOn = reply.status === "ok" && !asksForEnd(reply);
      if (goesOn && active.msgId === execution.msgId) requests.sendBehind(record);
    });
  };
  execution.reply.then(onReply, () => {});
  try {
    for await (const message of execution) {
      show(filter.apply(message));
    }
    show(filter.flush(execution.msgId));
    return replied(await execution.reply);
  } catch (error) {
    show(filter.flush(execution.msgId));
    active.msgId = "";
    if (early && requests.ahead && !isLoss(error)) return replied(early);
    await letItStop(execution.msgId, options);
    return { type: "interrupted", error: options.signal.aborted ? options.signal.reason : error };
  } finally {
    active.msgId = "";
  }
}

/** Whether some of what the cell said is missing, though the kernel did its work: its time may be over before all was read. */
function isLoss(error: unknown): boolean {
  return error instanceof KernelError && LOSSES.includes(error.code);
}

const LOSSES: readonly string[] = ["EXECUTION_OUTPUT_LOST", "EXECUTION_TIMED_OUT"];

/** Interrupts the kernel and waits until it is idle again, is dead, or the grace is over. */
export async function letItStop(
  msgId: string,
  { kernel, clock, interruptGraceMs }: Pick<ExecuteCellOptions, "kernel" | "clock" | "interruptGraceMs">,
): Promise<void> {
  const idle = Promise.withResolvers<void>();
  const stopListening = kernel.onIopub((message) => {
    const isOurs = message.parent_header?.msg_id === msgId;
    if (isOurs && message.type === "status" && message.content.execution_state === "idle") idle.resolve();
  });
  const cancelTimer = clock.after(interruptGraceMs, idle.resolve);
  try {
    const interrupted = kernel.interrupt().catch(() => undefined);
    await Promise.race([idle.promise, kernel.died]);
    await Promise.race([interrupted, idle.promise]);
  } finally {
    cancelTimer();
    stopListening();
  }
}
