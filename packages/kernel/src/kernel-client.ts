import { randomUUID } from "node:crypto";
import type { JsonObject } from "@notemill/json";
import { readExecuteReply } from "@notemill/messaging";
import type { Channel, KernelMessage, MessageOf, OutgoingMessage } from "@notemill/messaging";
import { createExecution } from "./execution-stream.ts";
import type { ExecutionSink, LossReason } from "./execution-stream.ts";
import type { KernelChannels } from "./kernel-channels.ts";
import { createLateOutputs } from "./late-outputs.ts";
import type { ExecutionHabits } from "./kernel-quirks.ts";
import { KernelError } from "./kernel-error.ts";
import type { ExecuteOptions, Execution, RequestOptions } from "./kernel.ts";

/** A request that waits for its reply. */
interface PendingRequest {
  readonly onReply: (content: JsonObject) => void;
  readonly fail: (error: Error) => void;
}

/**
 * The requests of one client session to one kernel process, and the answers to them.
 *
 * It knows nothing of processes and sockets: it sends through the channels given
 * to {@link KernelClient.attach}, is told of what comes by {@link KernelClient.receive},
 * and of the end by {@link KernelClient.end}.
 */
export class KernelClient {
  readonly #clientSession = randomUUID();
  readonly #requests = new Map<string, PendingRequest>();
  readonly #executions = new Map<string, ExecutionSink>();
  readonly #inputs = new Map<string, NonNullable<ExecuteOptions["onInputRequest"]> | "by-hand">();
  readonly #listeners = new Set<(message: KernelMessage) => void>();
  readonly #late = createLateOutputs();
  readonly #options: KernelClientOptions;
  #backlogs = 0;
  #channels: KernelChannels | null = null;
  #ended: Error | null = null;

  constructor(options: KernelClientOptions = {}) {
    this.#options = options;
  }

  /** Whether an execution is under way. */
  get isBusy(): boolean {
    return this.#executions.size > 0;
  }

  /** Gives the client its way to the kernel; called once, before anything is sent. */
  attach(channels: KernelChannels): void {
    this.#channels = channels;
  }

  /** Takes in one message from the kernel. */
  receive(message: KernelMessage): void {
    this.notify(message);
    this.settle(message);
  }

  /** Gives a message to the listeners only. */
  notify(message: KernelMessage): void {
    if (message.channel !== "iopub") return;
    const shown = this.#late.redirect(message);
    if (shown) for (const listener of this.#listeners) listener(shown);
  }

  /** Gives a message only to the request that caused it. */
  settle(message: KernelMessage): void {
    const parent = message.parent_header?.msg_id ?? "";
    if (message.channel === "iopub") {
      const shown = this.#late.redirect(message);
      const owner = shown?.parent_header?.msg_id ?? "";
      if (shown) this.#executions.get(owner)?.message(shown);
      for (const [id, execution] of this.#executions) if (id !== owner) execution.other();
      this.#late.take(message);
    } else if (message.channel === "stdin") {
      if (message.type === "input_request") void this.#answerInput(parent, message);
    } else if (message.type === "other") {
      this.#requests.get(parent)?.onReply(message.content);
    }
  }

  /** Fails one request that waits. */
  fail(msgId: string, error: Error): void {
    this.#requests.get(msgId)?.fail(error);
  }

  /** Says that an output of one execution did not come through. */
  lose(msgId: string, reason: LossReason): void {
    this.#executions.get(msgId)?.lose(reason);
  }

  /** Says that outputs may have been lost, whichever execution they belong to. */
  loseSome(reason: LossReason): void {
    for (const sink of this.#executions.values()) sink.lose(reason);
  }

  /** Fails everything that waits, and everything that will be asked from now on. */
  end(error: Error): void {
    this.#ended ??= error;
    for (const request of this.#requests.values()) request.fail(error);
  }

  /** Calls `listener` with every iopub message until the returned function is called. */
  onIopub(listener: (message: KernelMessage) => void): () => void {
    // A function may be added twice, and then counts twice.
    const own = (message: KernelMessage): void => listener(message);
    this.#listeners.add(own);
    return () => this.#listeners.delete(own);
  }

  /** Sends a message that has no reply. */
  send(channel: Exclude<Channel, "iopub">, type: string, content: JsonObject, parts: SentParts = {}): string {
    const message: OutgoingMessage = {
      header: {
        msg_id: randomUUID(),
        msg_type: type,
        session: this.#clientSession,
        username: "notemill",
        date: new Date().toISOString(),
        version: "5.4",
      },
      content,
      ...parts,
    };
    this.#channels?.send(channel, message);
    return message.header.msg_id;
  }

  /** Sends a request and gives the content of its reply. */
  async request(
    channel: "shell" | "control",
    type: string,
    content: JsonObject,
    options: RequestOptions = {},
  ): Promise<JsonObject> {
    if (this.#ended) throw this.#ended;
    const { promise, resolve, reject } = Promise.withResolvers<JsonObject>();
    const msgId = this.send(channel, type, content);
    this.#requests.set(msgId, { onReply: resolve, fail: reject });
    const stop = limit(options, reject, {
      timedOut: (ms) =>
        new KernelError("KERNEL_REQUEST_TIMED_OUT", `the kernel did not answer ${type} within ${ms} ms`, {
          details: { type, timeoutMs: ms },
        }),
      aborted: (cause) => new KernelError("EXECUTION_ABORTED", `waiting for ${type} was aborted`, { cause }),
    });
    try {
      return await promise;
    } finally {
      stop();
      this.#requests.delete(msgId);
    }
  }

  /** Sends an execute request. */
  execute(code: string, options: ExecuteOptions = {}): Execution {
    const silent = options.silent ?? false;
    const content = {
      code,
      silent,
      store_history: options.storeHistory ?? !silent,
      user_expressions: { ...options.userExpressions },
      allow_stdin: options.allowStdin ?? options.onInputRequest !== undefined,
      stop_on_error: options.stopOnError ?? true,
    };
    const msgId = this.#ended ? randomUUID() : this.send("shell", "execute_request", content);
    const execution = this.follow(msgId, options);
    if (this.#ended) this.fail(msgId, this.#ended);
    return execution;
  }

  /** Gives the execution of a request that was sent, by this client or by an earlier one. */
  follow(msgId: string, options: ExecuteOptions = {}): Execution {
    let stop = (): void => {};
    const { idleTimeoutMs, printLast } = this.#options.habits?.() ?? {};
    const sink: ExecutionSink = createExecution(msgId, {
      onOver: () => {
        stop();
        this.#requests.delete(msgId);
        this.#executions.delete(msgId);
        this.#inputs.delete(msgId);
      },
      onBacklog: (isLong) => this.#countBacklog(isLong),
      onIdle: printLast && (() => this.#flush(sink, printLast)),
      idleTimeoutMs,
    });
    this.#executions.set(msgId, sink);
    const fail = (error: Error): void => sink.fail(error);
    this.#requests.set(msgId, { onReply: (reply) => sink.reply(readExecuteReply(reply)), fail });
    if (options.onInputRequest) this.#inputs.set(msgId, options.onInputRequest);
    else if (options.allowStdin) this.#inputs.set(msgId, "by-hand");
    stop = limit(options, fail, {
      timedOut: (ms) =>
        new KernelError("EXECUTION_TIMED_OUT", `the execution did not end within ${ms} ms`, {
          details: { timeoutMs: ms, msgId },
        }),
      aborted: (cause) =>
        new KernelError("EXECUTION_ABORTED", "waiting for the execution was aborted", { cause }),
    });
    return sink.execution;
  }

  /** Tells when the first reader falls behind, and when the last has caught up. */
  #countBacklog(isLong: boolean): void {
    const before = this.#backlogs;
    this.#backlogs += isLong ? 1 : -1;
    if (before === 0 || this.#backlogs === 0) this.#options.onBacklog?.(isLong);
  }

  /** Has a marker printed behind what an execution has printed. */
  #flush({ execution, flushed }: ExecutionSink, printLast: (text: string) => string): void {
    const marker = randomUUID();
    const content = { ...QUIETLY, code: printLast(marker) };
    const flushId = this.send("shell", "execute_request", content);
    this.#late.expect(flushId, { msgId: execution.msgId, marker, onFlushed: flushed });
  }

  async #answerInput(parent: string, request: MessageOf<"input_request">): Promise<void> {
    const answer = this.#inputs.get(parent);
    if (answer === "by-hand") {
      this.#executions.get(parent)?.message(request);
      return;
    }
    try {
      // Some kernels ask although they were told not to, as IRkernel does: they get what R gets where nobody is.
      const value = answer === undefined ? "" : await answer(request.content);
      this.send("stdin", "input_reply", { value, status: "ok" }, { parent_header: request.header });
    } catch (error) {
      this.#executions.get(parent)?.fail(error as Error);
    }
  }
}

/** An execution that leaves no traces. */
const QUIETLY = {
  silent: true,
  store_history: false,
  user_expressions: {},
  allow_stdin: false,
  stop_on_error: false,
};

/** How a {@link KernelClient} deals with outputs. */
export interface KernelClientOptions {
  /** How executions end; asked for each. Default: by reply and idle status. */
  readonly habits?: () => ExecutionHabits;
  /** Called when more outputs wait for their readers than should (`true`), and when the readers have caught up (`false`). */
  readonly onBacklog?: (isLong: boolean) => void;
}

/** The parts of a message that are seldom given. */
export type SentParts = Pick<OutgoingMessage, "parent_header" | "metadata" | "buffers">;

interface LimitErrors {
  readonly timedOut: (timeoutMs: number) => Error;
  readonly aborted: (cause: unknown) => Error;
}

/** Fails a wait when its time is up or its signal fires. The returned function ends the watch. */
function limit(options: RequestOptions, fail: (error: Error) => void, errors: LimitErrors): () => void {
  const { timeoutMs, signal } = options;
  if (signal?.aborted) {
    fail(errors.aborted(signal.reason));
    return () => {};
  }
  const timer =
    timeoutMs === undefined ? undefined : setTimeout(() => fail(errors.timedOut(timeoutMs)), timeoutMs);
  const abort = (): void => fail(errors.aborted(signal?.reason));
  signal?.addEventListener("abort", abort, { once: true });
  return () => {
    clearTimeout(timer);
    signal?.removeEventListener("abort", abort);
  };
}
