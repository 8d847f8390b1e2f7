import type { KernelInfo, KernelMessage } from "@notemill/messaging";
import { KernelError } from "../kernel-error.ts";
import { kernelRequests } from "../kernel-requests.ts";
import type { ExecuteOptions, Execution, KernelDeath, ShutdownOptions } from "../kernel.ts";
import { takesRequestsAhead } from "../kernel-quirks.ts";
import type { Kernelspec } from "../kernelspec.ts";
import type { HostConnection } from "./host-connection.ts";
import type { Attached, HostDriver } from "./host-driver.ts";
import type { HostedKernel, KernelLease, ResumeOptions } from "./hosted-kernel.ts";
import { overdue } from "./overdue.ts";
import { settleEnd } from "./settle-end.ts";
import type { HostProcess } from "./spawn-host.ts";

/** What a {@link SocketKernel} is made of. */
export interface SocketKernelOptions {
  readonly hostDir: string;
  readonly attached: Attached;
  readonly connection: HostConnection;
  readonly driver: HostDriver;
  /** The host's process, when it is this one's child. */
  readonly process: HostProcess | null;
}

/** How long a host may take to end its kernel and itself before it is killed. */
const END_MS = 20_000;

/** A kernel at the other end of a connection to its host. */
export class SocketKernel implements HostedKernel {
  readonly #options: SocketKernelOptions;
  readonly #driver: HostDriver;
  /** Resolves when the connection is over and everything that follows from it is done. */
  readonly #over: Promise<void>;
  #keepMs: number;
  #wish: "shutdown" | "release" | null = null;

  constructor(options: SocketKernelOptions) {
    this.#options = options;
    this.#driver = options.driver;
    this.#keepMs = options.attached.keepMs;
    this.#over = settleEnd(options, () => this.#wish);
  }

  readonly #requests = kernelRequests(() => {
    this.#driver.begin();
    return this.#driver.clients.own;
  });
  readonly complete = this.#requests.complete;
  readonly inspect = this.#requests.inspect;
  readonly isComplete = this.#requests.isComplete;
  readonly history = this.#requests.history;
  readonly commInfo = this.#requests.commInfo;
  readonly kernelInfo = this.#requests.kernelInfo;
  readonly sendComm = this.#requests.sendComm;
  readonly sendInputReply = this.#requests.sendInputReply;

  get kernelspec(): Kernelspec {
    return this.#options.attached.kernelspec;
  }

  get takesRequestsAhead(): boolean {
    return takesRequestsAhead(this.kernelspec);
  }

  get info(): KernelInfo {
    return this.#driver.info ?? this.#options.attached.info;
  }

  get connectionFile(): string {
    return this.#options.attached.connectionFile;
  }

  get pid(): number {
    return this.#driver.pid;
  }

  get died(): Promise<KernelDeath> {
    return this.#driver.died;
  }

  get hostId(): string {
    return this.#options.attached.hostId;
  }

  get hostDir(): string {
    return this.#options.hostDir;
  }

  get hostPid(): number {
    return this.#options.attached.hostPid;
  }

  get fence(): number {
    return this.#options.attached.fence;
  }

  get lease(): KernelLease | null {
    return this.#keepMs === 0 ? null : { keepMs: this.#keepMs };
  }

  get lastSequence(): number {
    return this.#driver.lastSequence;
  }

  get unfinished(): readonly string[] {
    return this.#options.attached.unfinished;
  }

  execute(code: string, options?: ExecuteOptions): Execution {
    this.#driver.begin();
    return this.#driver.clients.own.execute(code, options);
  }

  resumeExecution(msgId: string, options: ResumeOptions = {}): Execution {
    const { fromSequence = 1, ...limits } = options;
    return this.#driver.resume(msgId, fromSequence, limits);
  }

  onIopub(listener: (message: KernelMessage) => void): () => void {
    const stop = this.#driver.clients.onIopub(listener);
    this.#driver.begin();
    return stop;
  }

  sequenceOf(message: KernelMessage): number | null {
    return this.#driver.sequenceOf(message);
  }

  acknowledge(sequence: number): void {
    this.#options.connection.send({ type: "acknowledge", sequence });
  }

  async interrupt(): Promise<void> {
    await this.#driver.call("interrupt");
  }

  async restart(): Promise<void> {
    this.#driver.begin();
    await this.#driver.call("restart");
  }

  async keep(keepMs: number): Promise<void> {
    checkKeepMs(keepMs);
    await this.#driver.call("keep", { keepMs });
    this.#keepMs = keepMs;
  }

  async release(): Promise<void> {
    if (this.#wish) return;
    this.#wish = "release";
    try {
      await this.#driver.call("release");
    } catch (error) {
      this.#wish = null;
      throw error;
    }
    await this.#over;
  }

  async shutdown({ mode = "graceful" }: ShutdownOptions = {}): Promise<void> {
    if (!this.#wish) {
      this.#wish = "shutdown";
      this.#driver.lift();
      this.#options.connection.send({ type: "call", call: 0, method: "shutdown", mode });
    }
    if (await overdue(this.#over, END_MS)) {
      killHost(this.#options);
      await this.#over;
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.shutdown({ mode: "immediate" });
  }
}

/**
 * Checks the length of a lease.
 *
 * @throws {@link KernelError} `KERNEL_LEASE_INVALID`.
 */
export function checkKeepMs(keepMs: number): void {
  if (Number.isSafeInteger(keepMs) && keepMs >= 0) return;
  throw new KernelError(
    "KERNEL_LEASE_INVALID",
    `a kernel cannot be kept for ${keepMs} ms; expected a whole number of milliseconds, 0 for no lease`,
    { details: { keepMs } },
  );
}

/** Kills a host that does not end by itself: it is still there, since its connection is. */
function killHost({ process: child, attached }: SocketKernelOptions): void {
  if (child) child.kill();
  else {
    try {
      process.kill(attached.hostPid, "SIGKILL");
    } catch {
      // It has ended in the meantime.
    }
  }
}
