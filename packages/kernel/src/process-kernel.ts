import type { JsonObject } from "@notemill/json";
import {
  readCommInfoReply,
  readCompleteReply,
  readInspectReply,
  readHistoryReply,
  readIsCompleteReply,
  readKernelInfo,
} from "@notemill/messaging";
import type {
  CommInfoReply,
  CompleteReply,
  HistoryReply,
  InspectReply,
  IsCompleteReply,
  KernelInfo,
  KernelMessage,
} from "@notemill/messaging";
import type { OpenChannels } from "./kernel-channels.ts";
import { KernelError } from "./kernel-error.ts";
import { startKernelLife } from "./kernel-life.ts";
import type { KernelLife } from "./kernel-life.ts";
import type { LaunchProcess } from "./kernel-process.ts";
import type {
  CommInfoOptions,
  ExecuteOptions,
  Execution,
  HistoryQuery,
  InspectOptions,
  Kernel,
  KernelDeath,
  OutgoingComm,
  RequestOptions,
  ShutdownOptions,
} from "./kernel.ts";
import type { Kernelspec } from "./kernelspec.ts";
import type { StartKernelOptions } from "./start-kernel.ts";

/** How long a kernel may take to end before it is made to, in milliseconds. */
const GRACE_MS = { request: 2_500, terminate: 2_500 };

/** A kernel that is a child process of this one. */
export class ProcessKernel implements Kernel {
  readonly #options: StartKernelOptions;
  readonly #listeners = new Map<(message: KernelMessage) => void, () => void>();
  readonly #launch: LaunchProcess;
  readonly #openChannels: OpenChannels | undefined;
  #life: KernelLife;
  #isClosed = false;

  constructor(
    options: StartKernelOptions,
    life: KernelLife,
    launch: LaunchProcess,
    openChannels?: OpenChannels,
  ) {
    this.#options = options;
    this.#life = life;
    this.#launch = launch;
    this.#openChannels = openChannels;
  }

  get kernelspec(): Kernelspec {
    return this.#options.kernelspec;
  }

  get info(): KernelInfo {
    return this.#life.info;
  }

  get connectionFile(): string {
    return this.#life.place.connectionFile;
  }

  get pid(): number {
    return this.#life.process.pid;
  }

  get died(): Promise<KernelDeath> {
    return this.#life.died;
  }

  execute(code: string, options?: ExecuteOptions): Execution {
    return this.#life.client.execute(code, options);
  }

  async interrupt(): Promise<void> {
    switch (this.kernelspec.interruptMode) {
      case "signal":
        this.#life.process.signalGroup("SIGINT");
        return;
      case "message":
        await this.#request("control", "interrupt_request", {});
        return;
      case "none":
        await this.restart();
    }
  }

  async restart(): Promise<void> {
    const { place } = this.#life;
    await this.#end("immediate", "the kernel was restarted");
    this.#life = await startKernelLife(this.#options, place, this.#launch, this.#openChannels);
    for (const listener of this.#listeners.keys()) {
      this.#listeners.set(listener, this.#life.client.onIopub(listener));
    }
  }

  async shutdown(options: ShutdownOptions = {}): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    await this.#end(options.mode ?? "graceful", "the kernel was shut down");
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.shutdown({ mode: "immediate" });
  }

  async complete(code: string, cursor: number, options?: RequestOptions): Promise<CompleteReply> {
    return readCompleteReply(
      await this.#request("shell", "complete_request", { code, cursor_pos: cursor }, options),
    );
  }

  async inspect(code: string, cursor: number, options: InspectOptions = {}): Promise<InspectReply> {
    const content = { code, cursor_pos: cursor, detail_level: options.detailLevel ?? 0 };
    return readInspectReply(await this.#request("shell", "inspect_request", content, options));
  }

  async isComplete(code: string, options?: RequestOptions): Promise<IsCompleteReply> {
    return readIsCompleteReply(await this.#request("shell", "is_complete_request", { code }, options));
  }

  async history(query: HistoryQuery, options?: RequestOptions): Promise<HistoryReply> {
    return readHistoryReply(await this.#request("shell", "history_request", historyContent(query), options));
  }

  async commInfo(options: CommInfoOptions = {}): Promise<CommInfoReply> {
    const content: JsonObject = options.targetName === undefined ? {} : { target_name: options.targetName };
    return readCommInfoReply(await this.#request("shell", "comm_info_request", content, options));
  }

  async kernelInfo(options?: RequestOptions): Promise<KernelInfo> {
    return readKernelInfo(await this.#request("shell", "kernel_info_request", {}, options));
  }

  sendComm(comm: OutgoingComm): void {
    const content = {
      comm_id: comm.commId,
      data: comm.data,
      ...(comm.type === "comm_open" ? { target_name: comm.targetName ?? "" } : {}),
    };
    this.#life.client.send("shell", comm.type, content, {
      metadata: comm.metadata ?? {},
      buffers: comm.buffers ?? [],
    });
  }

  sendInputReply(value: string, request?: KernelMessage): void {
    const content = { value, status: "ok" };
    this.#life.client.send("stdin", "input_reply", content, { parent_header: request?.header ?? null });
  }

  onIopub(listener: (message: KernelMessage) => void): () => void {
    // A listener may be added twice, and then counts twice.
    const own = (message: KernelMessage): void => listener(message);
    this.#listeners.set(own, this.#life.client.onIopub(own));
    return () => {
      this.#listeners.get(own)?.();
      this.#listeners.delete(own);
    };
  }

  #request(
    channel: "shell" | "control",
    type: string,
    content: JsonObject,
    options?: RequestOptions,
  ): Promise<JsonObject> {
    return this.#life.client.request(channel, type, content, options);
  }

  async #end(mode: "graceful" | "immediate", why: string): Promise<void> {
    const life = this.#life;
    life.expectEnd();
    if (mode === "graceful") await endGently(life);
    await life.end(new KernelError("KERNEL_CLOSED", why));
  }
}

/** Asks the kernel to end, then tells it to; whoever calls this kills what remains. */
async function endGently(life: KernelLife): Promise<void> {
  life.client.send("control", "shutdown_request", { restart: false });
  if (await endsWithin(life, GRACE_MS.request)) return;
  life.process.signalGroup("SIGTERM");
  await endsWithin(life, GRACE_MS.terminate);
}

async function endsWithin(life: KernelLife, ms: number): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const timer = setTimeout(() => resolve(false), ms);
  void life.process.exited.then(() => resolve(true));
  const hasEnded = await promise;
  clearTimeout(timer);
  return hasEnded;
}

function historyContent(query: HistoryQuery): JsonObject {
  const base = { output: false, raw: true, hist_access_type: query.access };
  switch (query.access) {
    case "tail":
      return { ...base, n: query.count };
    case "range":
      return { ...base, session: query.session, start: query.start, stop: query.stop };
    case "search":
      return { ...base, pattern: query.pattern, n: query.count ?? 100, unique: query.unique ?? false };
  }
}
