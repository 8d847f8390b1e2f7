import { encodeJson } from "@notemill/json";
import type { Channel, MessageBytes } from "@notemill/messaging";
import { launchKernelProcess } from "../../kernel-process.ts";
import type { KernelProcess, LaunchOptions } from "../../kernel-process.ts";
import type { Kernel, KernelDeath, ShutdownOptions } from "../../kernel.ts";
import { startKernelBy } from "../../start-kernel.ts";
import type { Throttle } from "../../throttle.ts";
import { createThrottle } from "../../throttle.ts";
import type { HostPlan } from "../host-plan.ts";
import { messageParts } from "../host-protocol.ts";
import type { RecordWeight, Spool } from "../spool/spool.ts";
import type { KernelRelay, RelayedMessage } from "./kernel-relay.ts";
import { createKernelRelay } from "./kernel-relay.ts";
import type { RequestLog } from "./request-log.ts";

/** Where a {@link SpooledKernel} puts what happens, and where its files are. */
export interface SpooledKernelOptions {
  readonly plan: HostPlan;
  readonly directory: string;
  readonly spool: Spool;
  readonly log: RequestLog;
  readonly signal: AbortSignal;
}

/** What the kernel is about. */
export type KernelState = "starting" | "idle" | "busy" | "dead";

/** A kernel all of whose messages, and whose life and death, go to a spool. */
export class SpooledKernel {
  readonly #options: SpooledKernelOptions;
  readonly #relay: KernelRelay;
  #kernel: Kernel | null = null;
  #state: KernelState = "starting";
  #death: KernelDeath | null = null;
  #throttle: Throttle | null = null;
  /** Is over when the kernel that was stopped goes on; `null` while it runs. */
  #stopped: PromiseWithResolvers<void> | null = null;
  /** Whether it went on though the spool had not caught up, and has not since: then nothing more waits. */
  #isOverdue = false;

  constructor(options: SpooledKernelOptions) {
    this.#options = options;
    this.#relay = createKernelRelay({
      onMessage: (message) => this.#file(message),
      onLost: (reason, parent) => void this.#append({ event: "lost", reason, parent }, [], "essential"),
    });
  }

  /** The kernel, once it was ready. */
  get kernel(): Kernel | null {
    return this.#kernel;
  }

  get state(): KernelState {
    return this.#state;
  }

  /** How it died; `null` while it lives. */
  get death(): KernelDeath | null {
    return this.#death;
  }

  /** Told when the spool falls behind the kernel, which then waits for a while, and when it has caught up. */
  onBacklog(isLong: boolean): void {
    this.#throttle?.onBacklog(isLong);
    if (!isLong) this.#isOverdue = false;
  }

  /**
   * Starts the kernel and waits until it is ready.
   *
   * @throws {@link KernelError} as {@link startKernel} does.
   */
  async start(): Promise<Kernel> {
    const { plan, directory, signal } = this.#options;
    const kernel = await startKernelBy(
      (launchOptions) => this.#launch(launchOptions),
      {
        ...plan.options,
        runtimeDir: directory,
        signal,
        onProcessOutput: (stream, text) =>
          void this.#append({ event: "output", stream }, [Buffer.from(text)], "output"),
      },
      this.#relay.openChannels,
    );
    this.#kernel = kernel;
    this.#begin(kernel);
    return kernel;
  }

  async #launch(options: LaunchOptions): Promise<KernelProcess> {
    const process = await launchKernelProcess(options);
    const throttle = createThrottle({
      process,
      onStop: () => {
        if (!this.#isOverdue) this.#stopped = Promise.withResolvers();
      },
      onGo: () => {
        this.#stopped?.resolve();
        this.#stopped = null;
        this.#isOverdue = true;
      },
    });
    this.#throttle = throttle;
    void process.exited.then(() => throttle.lift());
    return process;
  }

  /** Sends a message of the driver to the kernel. */
  send(channel: Exclude<Channel, "iopub">, bytes: MessageBytes): void {
    const { log, spool } = this.#options;
    const header = readSent(bytes.header);
    if (header.type === "execute_request") log.executionSent(header.id, spool.nextSequence);
    if (header.type === "input_reply") log.inputReplied(readSent(bytes.parentHeader).id || null);
    this.#relay.send(channel, bytes);
  }

  /** Interrupts the kernel; where that cannot be done, restarts it. */
  async interrupt(): Promise<void> {
    this.#throttle?.onBacklog(false);
    if (this.#kernel?.kernelspec.interruptMode === "none") await this.restart();
    else await this.#kernel?.interrupt();
  }

  /** Restarts the kernel, a dead one too. One that does not come up again counts as dead. */
  async restart(): Promise<void> {
    const kernel = this.#kernel;
    if (!kernel) return;
    this.#relay.shut();
    this.#options.log.lifeEnded(this.#append({ event: "restarting" }, [], "essential"));
    this.#state = "starting";
    try {
      await kernel.restart();
    } catch (error) {
      this.#die({ exitCode: null, signal: null, reason: "exited" });
      throw error;
    }
    this.#begin(kernel);
    this.#append(
      { event: "restarted", pid: kernel.pid },
      [Buffer.from(encodeJson({ ...kernel.info }))],
      "essential",
    );
  }

  /** Ends the kernel. */
  async shutdown(options: ShutdownOptions): Promise<void> {
    this.#throttle?.lift();
    // A kernel that executes code would look at the request only after that.
    const isInterruptible = this.#kernel?.kernelspec.interruptMode === "signal" && this.#state === "busy";
    if (options.mode !== "immediate" && isInterruptible) await this.#kernel?.interrupt();
    await this.#kernel?.shutdown(options);
  }

  #begin(kernel: Kernel): void {
    this.#state = "idle";
    this.#death = null;
    this.#relay.open();
    void kernel.died.then((death) => this.#die(death));
  }

  #die(death: KernelDeath): void {
    this.#state = "dead";
    this.#death = death;
    this.#options.log.lifeEnded(this.#append({ event: "died", death }, [], "essential"));
  }

  #append(
    event: Readonly<Record<string, unknown>>,
    parts: readonly Uint8Array[],
    weight: RecordWeight,
  ): number {
    return this.#options.spool.append({ type: "event", ...event }, parts, weight);
  }

  /**
   * Puts a message of the kernel into the spool, and remembers what follows from it.
   *
   * @returns When the next output may come: what a kernel had sent before it was stopped can be far more than there is room for.
   */
  #file({ channel, msgId, msgType, parent, bytes }: RelayedMessage): Promise<void> | undefined {
    const { spool, log } = this.#options;
    const record = { type: "message", channel, msgId, parent, msgType };
    const sequence = spool.append(record, messageParts(bytes), weightOf(channel, msgType));
    if (channel === "stdin") log.inputRequested(msgId);
    else if (channel !== "iopub") log.replied(parent, sequence);
    else if (msgType === "status") this.#follow(parent, bytes, sequence);
    return channel === "iopub" ? this.#stopped?.promise : undefined;
  }

  #follow(parent: string, bytes: MessageBytes, sequence: number): void {
    const { execution_state } = readJson(bytes.content);
    if (execution_state !== "idle" && execution_state !== "busy") return;
    if (this.#state !== "dead") this.#state = execution_state;
    if (execution_state === "idle") this.#options.log.wentIdle(parent, sequence);
  }
}

/** Messages that say what was computed can be many and large; those that say how it went can be left out never. */
const VITAL = new Set(["status", "error", "execute_input"]);

function weightOf(channel: Channel, msgType: string): RecordWeight {
  return channel !== "iopub" || VITAL.has(msgType) ? "essential" : "output";
}

function readSent(header: Uint8Array): { readonly id: string; readonly type: string } {
  const { msg_id, msg_type } = readJson(header);
  return {
    id: typeof msg_id === "string" ? msg_id : "",
    type: typeof msg_type === "string" ? msg_type : "",
  };
}

function readJson(bytes: Uint8Array): Readonly<Record<string, unknown>> {
  const value: unknown = JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString());
  return typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}
