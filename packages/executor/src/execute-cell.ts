import type { Kernel } from "@notemill/kernel";
import type { ExecuteReply, KernelMessage } from "@notemill/messaging";
import type { CellRecord } from "./cell-record.ts";
import { cellTags } from "./cell-tags.ts";
import type { Clock } from "./clock.ts";
import type { OutputRouter } from "./output-router.ts";
import type { MessageFilter } from "./redact/message-filter.ts";

/** How the execution of one cell ended: the kernel's answer, or what kept it from answering. */
export type ExecutedCell =
  | { readonly type: "replied"; readonly reply: ExecuteReply }
  | { readonly type: "interrupted"; readonly error: unknown };

interface ExecuteCellOptions {
  readonly kernel: Kernel;
  readonly router: OutputRouter;
  /** What is to be seen of what the kernel says. */
  readonly filter: MessageFilter;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly allowErrors: boolean;
  readonly cellTimeoutMs: number | null;
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
 */
export async function executeCell(record: CellRecord, options: ExecuteCellOptions): Promise<ExecutedCell> {
  const { kernel, router, filter, active, byMessage, onChange, cellTimeoutMs, clock } = options;
  const execution = kernel.execute(record.source.source, {
    stopOnError: !options.allowErrors && !cellTags(record.source).includes("raises-exception"),
    signal: options.signal,
    ...(cellTimeoutMs === null ? {} : { timeoutMs: cellTimeoutMs }),
  });
  const show = (messages: readonly KernelMessage[]): void => {
    for (const message of messages) router.apply(record, message);
    if (messages.length > 0) onChange();
  };
  byMessage.set(execution.msgId, record);
  active.msgId = execution.msgId;
  try {
    for await (const message of execution) {
      show(filter.apply(message));
    }
    show(filter.flush(execution.msgId));
    const reply = filter.reply(await execution.reply);
    record.mark("shell.execute_reply", clock.now());
    if (record.executionCount === null) record.setExecutionCount(reply.execution_count ?? null);
    return { type: "replied", reply };
  } catch (error) {
    show(filter.flush(execution.msgId));
    active.msgId = "";
    await letItStop(execution.msgId, options);
    return { type: "interrupted", error: options.signal.aborted ? options.signal.reason : error };
  } finally {
    active.msgId = "";
  }
}

/** Interrupts the kernel and waits until it is idle again, is dead, or the grace is over. */
async function letItStop(
  msgId: string,
  { kernel, clock, interruptGraceMs }: ExecuteCellOptions,
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
