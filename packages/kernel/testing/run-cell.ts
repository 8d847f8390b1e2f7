import type { KernelMessage } from "@notemill/messaging";
import type { Execution, Kernel } from "../src/index.ts";

/** What executing a cell brought about. */
export interface CellResult {
  /** Standard output and standard error together. */
  readonly printed: string;
  /** Types of all messages in order. */
  readonly types: readonly string[];
  /** What ended the iteration, if it did not end well. */
  readonly error: unknown;
}

/** Reads an execution to its end. `onMessage` sees each message as it comes. */
export async function readAll(
  execution: Execution,
  onMessage: (message: KernelMessage) => Promise<void> | void = () => {},
): Promise<CellResult> {
  let printed = "";
  const types: string[] = [];
  try {
    for await (const message of execution) {
      types.push(message.type);
      if (message.type === "stream") printed += message.content.text;
      await onMessage(message);
    }
  } catch (error) {
    return { printed, types, error };
  }
  return { printed, types, error: null };
}

/** Resolves when an execution has printed a text or is over; `result` is there when it is over. */
export async function untilPrinted(
  execution: Execution,
  text: string,
): Promise<{ readonly result: Promise<CellResult> }> {
  const seen = Promise.withResolvers<void>();
  let printed = "";
  const result = readAll(execution, (message) => {
    if (message.type !== "stream") return;
    printed += message.content.text;
    if (printed.includes(text)) seen.resolve();
  });
  await Promise.race([seen.promise, result]);
  return { result };
}

/** Listens to everything that a kernel publishes. */
export function listen(kernel: Kernel): {
  /** Types of the messages that an execution caused. */
  of(execution: Execution): readonly string[];
  stop(): void;
} {
  const seen: KernelMessage[] = [];
  const stop = kernel.onIopub((message) => seen.push(message));
  return {
    of: ({ msgId }) =>
      seen.filter((message) => message.parent_header?.msg_id === msgId).map(({ type }) => type),
    stop,
  };
}
