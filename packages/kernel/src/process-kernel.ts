import type { KernelInfo, KernelMessage } from "@notemill/messaging";
import type { OpenChannels } from "./kernel-channels.ts";
import { KernelError } from "./kernel-error.ts";
import { startKernelLife } from "./kernel-life.ts";
import type { KernelLife } from "./kernel-life.ts";
import type { LaunchProcess } from "./kernel-process.ts";
import { kernelRequests } from "./kernel-requests.ts";
import type { ExecuteOptions, Execution, Kernel, KernelDeath, ShutdownOptions } from "./kernel.ts";
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

  readonly #requests = kernelRequests(() => this.#life.client);
  readonly complete = this.#requests.complete;
  readonly inspect = this.#requests.inspect;
  readonly isComplete = this.#requests.isComplete;
  readonly history = this.#requests.history;
  readonly commInfo = this.#requests.commInfo;
  readonly kernelInfo = this.#requests.kernelInfo;
  readonly sendComm = this.#requests.sendComm;
  readonly sendInputReply = this.#requests.sendInputReply;

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
        await this.#life.client.request("control", "interrupt_request", {});
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

  onIopub(listener: (message: KernelMessage) => void): () => void {
    // A listener may be added twice, and then counts twice.
    const own = (message: KernelMessage): void => listener(message);
    this.#listeners.set(own, this.#life.client.onIopub(own));
    return () => {
      this.#listeners.get(own)?.();
      this.#listeners.delete(own);
    };
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
