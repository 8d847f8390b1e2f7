import type { JsonObject } from "@notemill/json";
import type {
  CommInfoReply,
  CompleteReply,
  ExecuteReply,
  HistoryReply,
  InputRequestContent,
  InspectReply,
  IsCompleteReply,
  KernelInfo,
  KernelMessage,
} from "@notemill/messaging";
import type { Kernelspec } from "./kernelspec.ts";

/**
 * A live kernel and the one client that drives it.
 *
 * Every promise and iterator given out here ends when the kernel dies: none can hang on a dead kernel.
 * Whoever started the kernel disposes of it, which ends it at once with all its processes.
 */
export interface Kernel extends AsyncDisposable {
  readonly kernelspec: Kernelspec;
  /** What the kernel said of itself when it became ready. */
  readonly info: KernelInfo;
  /** Path of the file with which another client can connect, such as `jupyter console --existing`. */
  readonly connectionFile: string;
  /** The kernel's process; another one after a restart. */
  readonly pid: number;
  /** Resolves when the kernel dies without having been asked to. After a restart it is a new promise. */
  readonly died: Promise<KernelDeath>;

  /**
   * Whether the next request may be sent as soon as the reply to the one before is here, though its idle
   * status is not: the kernel is known to send each idle status, and no output behind it. Then it need not
   * wait for this side between two requests.
   */
  readonly takesRequestsAhead: boolean;

  /** Sends code to be executed. Requests queue in the kernel and run in the order of these calls. */
  execute(code: string, options?: ExecuteOptions): Execution;
  /**
   * Stops what the kernel executes, the way its kernelspec says.
   *
   * Where `interruptMode` is `none` this restarts the kernel.
   *
   * @throws {@link KernelError} `KERNEL_INTERRUPT_FAILED` when the kernel does not answer a request for it.
   */
  interrupt(): Promise<void>;
  /**
   * Ends the kernel and starts it anew behind the same connection file.
   *
   * Whatever is under way fails with `KERNEL_CLOSED`. A start that fails leaves the kernel closed.
   *
   * @throws {@link KernelError} as {@link startKernel} does, and `KERNEL_CLOSED` after a shutdown.
   */
  restart(): Promise<void>;
  /** Ends the kernel. When it returns, no process, socket or file of it is left. */
  shutdown(options?: ShutdownOptions): Promise<void>;

  complete(code: string, cursor: number, options?: RequestOptions): Promise<CompleteReply>;
  inspect(code: string, cursor: number, options?: InspectOptions): Promise<InspectReply>;
  isComplete(code: string, options?: RequestOptions): Promise<IsCompleteReply>;
  history(query: HistoryQuery, options?: RequestOptions): Promise<HistoryReply>;
  commInfo(options?: CommInfoOptions): Promise<CommInfoReply>;
  kernelInfo(options?: RequestOptions): Promise<KernelInfo>;
  /** Opens, uses or closes a comm from this side. */
  sendComm(comm: OutgoingComm): void;
  /** Answers an input request by hand, instead of by `onInputRequest`. */
  sendInputReply(value: string, request?: KernelMessage): void;

  /**
   * Calls `listener` with every message of the iopub channel, whatever request caused it.
   *
   * @returns A function that stops the calls.
   */
  onIopub(listener: (message: KernelMessage) => void): () => void;
}

/** How an unasked death of a kernel showed. */
export interface KernelDeath {
  readonly exitCode: number | null;
  readonly signal: string | null;
  /**
   * `exited`: the process ended. `heartbeat`: the process is there but stopped
   * answering, and was killed. `watchdog`: what guards the kernel against
   * outliving its owner was killed, so the kernel was ended. `fork-server`: the
   * process that the kernel was forked from ended, and the kernel with it.
   * `host`: the kernel host ended, and the kernel with it.
   */
  readonly reason: "exited" | "heartbeat" | "watchdog" | "fork-server" | "host";
}

/** Settings of one execution. */
export interface ExecuteOptions {
  /** Do not broadcast outputs or count the execution. Default `false`. */
  readonly silent?: boolean;
  /** Enter the code into the kernel's history. Default `true`, unless silent. */
  readonly storeHistory?: boolean;
  /** Drop the requests queued behind this one if it fails. Default `true`. */
  readonly stopOnError?: boolean;
  /** Expressions to evaluate after the code, by name. */
  readonly userExpressions?: Readonly<Record<string, string>>;
  /** Ends the waiting with `EXECUTION_ABORTED`; it does not interrupt the kernel. */
  readonly signal?: AbortSignal;
  /** Ends the waiting with `EXECUTION_TIMED_OUT`, counted from the sending. Default: none. */
  readonly timeoutMs?: number;
  /**
   * Let the code ask for input. Default: whether `onInputRequest` is given.
   * Without that, requests come among the messages, to be answered by {@link Kernel.sendInputReply}.
   */
  readonly allowStdin?: boolean;
  /** Gives the line of text that the code asked for. What it throws ends the execution. */
  readonly onInputRequest?: (request: InputRequestContent) => Promise<string> | string;
}

/**
 * One execute request: iterate for the iopub messages it causes, await `reply` for how it ended.
 *
 * The iterator ends when both the reply and the idle status have come. It
 * throws a `KernelError` after the last message received when the kernel dies
 * (`KERNEL_DIED`), the time is up (`EXECUTION_TIMED_OUT`) or the signal fires
 * (`EXECUTION_ABORTED`); `reply` rejects alike. Where outputs are known to be missing it
 * throws `EXECUTION_OUTPUT_LOST` at the end, and `reply` is not affected. It can be iterated once.
 *
 * A kernel whose reader falls far behind is stopped until the reader has caught up.
 */
export interface Execution extends AsyncIterable<KernelMessage> {
  readonly msgId: string;
  /** Need not be awaited: a rejection nobody looks at is not an unhandled one. */
  readonly reply: Promise<ExecuteReply>;
}

/** How a kernel is to end. */
export interface ShutdownOptions {
  /**
   * `graceful` (the default) asks the kernel, then sends SIGTERM, then SIGKILL.
   * `immediate` kills at once.
   */
  readonly mode?: "graceful" | "immediate";
}

/** Settings of a request other than an execution. */
export interface RequestOptions {
  /** Ends the waiting with `KERNEL_REQUEST_TIMED_OUT`. Default: none, as a busy kernel answers late. */
  readonly timeoutMs?: number;
  /** Ends the waiting with `EXECUTION_ABORTED`. */
  readonly signal?: AbortSignal;
}

/** Settings of an inspection. */
export interface InspectOptions extends RequestOptions {
  /** 0 (the default) for the signature and documentation, 1 for the source too. */
  readonly detailLevel?: 0 | 1;
}

/** Settings of a question for comms. */
export interface CommInfoOptions extends RequestOptions {
  /** Only the comms opened for this target. */
  readonly targetName?: string;
}

/** Which part of the history is wanted. */
export type HistoryQuery =
  | { readonly access: "tail"; readonly count: number }
  | { readonly access: "range"; readonly session: number; readonly start: number; readonly stop: number }
  | {
      readonly access: "search";
      readonly pattern: string;
      readonly count?: number;
      /** Each input once. Default `false`. */
      readonly unique?: boolean;
    };

/** A comm message from this side. */
export interface OutgoingComm {
  readonly type: "comm_open" | "comm_msg" | "comm_close";
  readonly commId: string;
  /** Who is to answer in the kernel; needed to open. */
  readonly targetName?: string;
  readonly data: JsonObject;
  readonly metadata?: JsonObject;
  readonly buffers?: readonly Uint8Array[];
}
