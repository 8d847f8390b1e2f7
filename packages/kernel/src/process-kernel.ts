import type { KernelInfo, KernelMessage } from "@notemill/messaging";
import type { OpenChannels } from "./kernel-channels.ts";
import { endLife } from "./end-life.ts";
import { KernelError } from "./kernel-error.ts";
import { startKernelLife } from "./kernel-life.ts";
import type { KernelLife } from "./kernel-life.ts";
import type { LaunchProcess } from "./kernel-process.ts";
import { takesRequestsAhead } from "./kernel-quirks.ts";
import { kernelRequests } from "./kernel-requests.ts";
import type { ExecuteOptions, Execution, Kernel, KernelDeath, ShutdownOptions } from "./kernel.ts";
import type { Kernelspec } from "./kernelspec.ts";
import type { StartKernelOptions } from "./start-kernel.ts";

/** How long a kernel may take to answer an interrupt request. */
const INTERRUPT_MS = 5_000;

/** A kernel that is a child process of this one. */
export class ProcessKernel implements Kernel {
  readonly #options: StartKernelOptions;
  readonly #listeners = new Map<(message: KernelMessage) => void, () => void>();
  readonly #launch: LaunchProcess;
  readonly #openChannels: OpenChannels | undefined;
  #life: KernelLife;
  #changing: Promise<void> = Promise.resolve();
  readonly #closing = new AbortController();

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

  get takesRequestsAhead(): boolean {
    return takesRequestsAhead(this.kernelspec);
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
        await interruptByMessage(this.#life);
        return;
      case "none":
        await this.restart();
    }
  }

  restart(): Promise<void> {
    return this.#oneByOne(async () => {
      if (this.#closing.signal.aborted) throw new KernelError("KERNEL_CLOSED", "the kernel was shut down");
      const { place } = this.#life;
      await endLife(this.#life, "immediate", "the kernel was restarted");
      // Whoever gives up waiting for the first start means that one only.
      const options = { ...this.#options, signal: this.#closing.signal };
      this.#life = await startKernelLife(options, place, this.#launch, this.#openChannels);
      for (const listener of this.#listeners.keys()) {
        this.#listeners.set(listener, this.#life.client.onIopub(listener));
      }
    });
  }

  shutdown(options: ShutdownOptions = {}): Promise<void> {
    this.#closing.abort();
    return this.#oneByOne(() => endLife(this.#life, options.mode ?? "graceful", "the kernel was shut down"));
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

  /** Does not begin one change of the process before the last has ended. */
  #oneByOne(change: () => Promise<void>): Promise<void> {
    const done = this.#changing.then(change);
    this.#changing = done.catch(() => {});
    return done;
  }
}

/** @throws {@link KernelError} `KERNEL_INTERRUPT_FAILED`. */
async function interruptByMessage(life: KernelLife): Promise<void> {
  try {
    await life.client.request("control", "interrupt_request", {}, { timeoutMs: INTERRUPT_MS });
  } catch (cause) {
    const message = `the kernel did not answer an interrupt request within ${INTERRUPT_MS} ms`;
    throw new KernelError("KERNEL_INTERRUPT_FAILED", message, { cause });
  }
}
