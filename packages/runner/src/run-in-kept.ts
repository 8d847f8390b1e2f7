import type { ExecutionResult } from "@notemill/api";
import type { RunnerClient } from "@notemill/client";
import {
  createMessageFilter,
  isOutputMessage,
  outputOf,
  type OutputMessage,
  type Redactor,
  shortened,
} from "@notemill/executor";
import { encodeJson, isDeeperThan, type JsonValue, RawJson } from "@notemill/json";
import { attachKernel, type HostedKernel } from "@notemill/kernel";

/** Code for a kernel that was kept. */
export interface KeptExecution {
  readonly id: string;
  readonly code: string;
  readonly runnerId: string;
  readonly hostDir: string;
  /** Takes secrets out of what is said. */
  readonly redactor: Redactor;
  /** Aborts when nobody waits for it any longer: the kernel is interrupted. */
  readonly signal: AbortSignal;
}

/** What became of a {@link KeptExecution}; its result is still to be sent. */
export interface KeptExecuted {
  readonly result: ExecutionResult;
  /** How many outputs were sent. */
  readonly count: number;
}

/** How long an interrupted kernel may take to come to rest, in milliseconds. */
const GRACE_MS = 5000;

/** Most characters of one output that is sent, and of all that are sent together. */
const MAX_OUTPUT = 1_000_000;
const MAX_SENT = 8 * 2 ** 20;

/** Most levels of one output: a server reads five hundred. */
const MAX_LEVELS = 400;

/** Most characters of what an exception says. */
const MAX_MESSAGE = 10_000;

/** Executes code in a kernel that was kept, sends its outputs as they come, and leaves the kernel. Never throws. */
export async function runInKept(
  client: Pick<RunnerClient, "appendOutputs">,
  execution: KeptExecution,
): Promise<KeptExecuted> {
  let kernel: HostedKernel;
  try {
    kernel = await attachKernel(execution.hostDir);
  } catch (error) {
    return { result: resultOf("gone", messageOf(error)), count: 0 };
  }
  const sender = createOutputSender(client, execution);
  let result: ExecutionResult;
  try {
    result = await execute(kernel, execution, sender.push);
    await kernel.release();
  } catch (error) {
    result = resultOf("gone", messageOf(error));
  }
  return { result, count: await sender.flushed() };
}

async function execute(
  kernel: HostedKernel,
  { code, signal, redactor }: KeptExecution,
  push: (output: string) => void,
): Promise<ExecutionResult> {
  const interrupt = (): void => {
    kernel.interrupt().catch(() => undefined);
    // One that ignores it is left alone: whoever goes on in it will wait, and its lease ends it.
    timer = setTimeout(() => late.abort(), GRACE_MS);
  };
  const filter = createMessageFilter(redactor);
  const late = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  if (signal.aborted) return resultOf("interrupted", "nobody waited for it");
  signal.addEventListener("abort", interrupt, { once: true });
  try {
    const running = kernel.execute(code, { signal: late.signal });
    const show = (messages: ReturnType<typeof filter.apply>): void => {
      for (const message of messages) if (isOutputMessage(message)) send(message);
    };
    const send = (message: OutputMessage): void => {
      const text = encodeJson(outputOf(message) as unknown as JsonValue);
      push(
        text.length > MAX_OUTPUT || isDeeperThan(text, MAX_LEVELS)
          ? encodeJson({
              output_type: "stream",
              name: "stderr",
              text: "(an output is too long to be shown)\n",
            })
          : text,
      );
    };
    for await (const message of running) show(filter.apply(message));
    show(filter.flush());
    const reply = filter.reply(await running.reply);
    const count = reply.status === "aborted" ? null : (reply.execution_count ?? null);
    if (signal.aborted) return { ...resultOf("interrupted", null), execution_count: count };
    const message =
      reply.status === "error" ? shortened(`${reply.ename}: ${reply.evalue}`, MAX_MESSAGE) : null;
    return { ...resultOf(reply.status === "ok" ? "ok" : "error", message), execution_count: count };
  } catch (error) {
    if (late.signal.aborted) return resultOf("interrupted", "the code ignores interrupts, and still runs");
    throw error;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", interrupt);
  }
}

/** Sends outputs in order, as many at a time as have come. What cannot be sent is lost: nobody waits for it. */
function createOutputSender(
  client: Pick<RunnerClient, "appendOutputs">,
  { id, runnerId }: KeptExecution,
): { push(output: string): void; flushed(): Promise<number> } {
  const waiting: string[] = [];
  let count = 0;
  let sending: Promise<void> | undefined;
  const send = async (): Promise<void> => {
    while (waiting.length > 0) {
      const outputs = waiting.splice(0, firstOf(waiting)).map((text) => ({ data: new RawJson(text) }));
      await client
        .appendOutputs(id, { runner_id: runnerId, first: count, outputs, result: null })
        .catch(() => undefined);
      count += outputs.length;
    }
    sending = undefined;
  };
  return {
    push(output) {
      waiting.push(output);
      sending ??= send();
    },
    async flushed() {
      await sending;
      return count;
    },
  };
}

/** How many of those that wait are sent together. */
function firstOf(waiting: readonly string[]): number {
  let characters = 0;
  let count = 0;
  for (const text of waiting) {
    characters += text.length;
    if (count === 500 || (count > 0 && characters > MAX_SENT)) break;
    count += 1;
  }
  return count;
}

function resultOf(status: ExecutionResult["status"], message: string | null): ExecutionResult {
  return { status, message, execution_count: null, kernel_until: null };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
