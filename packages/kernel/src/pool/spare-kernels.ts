import { stat } from "node:fs/promises";
import { KernelError } from "../kernel-error.ts";
import type { Kernel } from "../kernel.ts";
import type { StartKernelOptions } from "../start-kernel.ts";
import { memoryOf } from "./kernel-memory.ts";
import type { PoolSettings } from "./kernel-pool-options.ts";
import { createOutputRelay } from "./output-relay.ts";
import type { OutputRelay } from "./output-relay.ts";
import type { PoolTimer } from "./pool-clock.ts";
import { spareKey } from "./spare-key.ts";
import { waitForStart } from "./wait-for-start.ts";

/** A kernel that was started ahead and has no owner yet. */
interface Spare {
  readonly key: string;
  /** Names the directory itself, as another may come to its path. */
  readonly directory: string;
  /** Null when it could not be started. */
  readonly kernel: Promise<Kernel | null>;
  readonly relay: OutputRelay;
  readonly abort: AbortController;
  readonly idle: PoolTimer;
  pid: number | null;
}

/** How many different starts are remembered, to see which of them come again. */
const REMEMBERED = 64;

/** Those who come closer together than this want the next kernel as soon as it can be had. */
const CLOSE_TOGETHER_MS = 1000;

/** How long a kernel that was given has the machine to itself: most short runs are over by then. */
const HEAD_START_MS = 250;

/** Kernels started ahead for those who have come twice and may come again. */
export class SpareKernels implements AsyncDisposable {
  readonly #settings: PoolSettings;
  readonly #start: (options: StartKernelOptions) => Promise<Kernel>;
  readonly #otherPids: () => readonly number[];
  /** When each start was last wanted. */
  readonly #wantedMs = new Map<string, number>();
  /** The oldest first. */
  readonly #spares = new Map<string, Spare>();
  readonly #closing = new Set<Promise<void>>();
  #isClosed = false;

  /** @param otherPids - Processes whose memory counts too. */
  constructor(
    settings: PoolSettings,
    start: (options: StartKernelOptions) => Promise<Kernel>,
    otherPids: () => readonly number[],
  ) {
    this.#settings = settings;
    this.#start = start;
    this.#otherPids = otherPids;
  }

  get size(): number {
    return this.#spares.size;
  }

  /** Gives away a kernel started with the same options, or null where there is none. */
  async take(options: StartKernelOptions): Promise<Kernel | null> {
    const key = spareKey(options);
    const spare = key === null ? undefined : this.#spares.get(key);
    if (!spare) return null;
    this.#forget(spare);
    try {
      const kernel = await waitForStart(spare.kernel, options, this.#settings.clock);
      if (kernel && spare.directory === (await directoryId(options.cwd))) {
        spare.relay.connect(options.onProcessOutput);
        return kernel;
      }
    } catch (error) {
      this.#end(spare);
      throw error;
    }
    this.#end(spare);
    return null;
  }

  /**
   * Notes that a kernel was wanted, and starts another if such have been wanted before.
   *
   * Starting one takes a processor for as long as a short run does, so that a
   * run that comes alone gets ahead of it first.
   */
  replenish(options: StartKernelOptions): void {
    const key = spareKey(options);
    if (key === null) return;
    const beforeMs = this.#noteWanted(key);
    if (beforeMs === undefined) return;
    const { clock } = this.#settings;
    if (clock.now() - beforeMs < CLOSE_TOGETHER_MS) void this.#add(key, options);
    else clock.after(HEAD_START_MS, () => void this.#add(key, options));
  }

  /** Starts a kernel for the next who wants such, and waits until it is ready. */
  async prepare(options: StartKernelOptions): Promise<void> {
    const key = spareKey(options);
    if (key === null || this.#settings.maxSpareKernels === 0) {
      // Then it serves to warm up what it came from.
      await this.#start(options)
        .then((kernel) => kernel.shutdown({ mode: "immediate" }))
        .catch((error: unknown) => this.#warn("a kernel could not be started ahead", error));
    } else {
      await this.#add(key, options);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#isClosed = true;
    for (const spare of this.#spares.values()) this.#end(spare);
    await Promise.all(this.#closing);
  }

  async #add(key: string, options: StartKernelOptions): Promise<void> {
    const { maxSpareKernels, maxMemoryBytes } = this.#settings;
    if (maxSpareKernels === 0) return;
    const directory = await directoryId(options.cwd);
    if (this.#isClosed || directory === null || this.#spares.has(key)) return;
    if (this.#spares.size >= maxSpareKernels) this.#endOldest();
    await this.#open(key, directory, options).kernel;

    const pids = [...this.#spares.values()].flatMap((spare) => spare.pid ?? []);
    if ((await memoryOf([...pids, ...this.#otherPids()])) > maxMemoryBytes) this.#endOldest();
  }

  /** When it was wanted before this. */
  #noteWanted(key: string): number | undefined {
    const beforeMs = this.#wantedMs.get(key);
    this.#wantedMs.delete(key);
    this.#wantedMs.set(key, this.#settings.clock.now());
    for (const old of [...this.#wantedMs.keys()].slice(0, -REMEMBERED)) this.#wantedMs.delete(old);
    return beforeMs;
  }

  #open(key: string, directory: string, options: StartKernelOptions): Spare {
    const relay = createOutputRelay();
    const abort = new AbortController();
    const kernel = this.#start({ ...options, signal: abort.signal, onProcessOutput: relay.write });
    const spare: Spare = {
      key,
      directory,
      relay,
      abort,
      idle: this.#settings.clock.after(this.#settings.maxIdleMs, () => this.#end(spare)),
      pid: null,
      kernel: kernel.then(
        (started) => {
          spare.pid = started.pid;
          void started.died.then((death) => {
            if (this.#spares.get(key) !== spare) return;
            this.#end(spare);
            this.#warn(`a kernel that was started ahead died (${death.signal ?? death.exitCode})`);
          });
          return started;
        },
        (error: unknown) => {
          this.#forget(spare);
          if (!abort.signal.aborted) this.#warn("a kernel could not be started ahead", error);
          return null;
        },
      ),
    };
    this.#spares.set(key, spare);
    return spare;
  }

  #endOldest(): void {
    const [oldest] = this.#spares.values();
    if (oldest) this.#end(oldest);
  }

  #forget(spare: Spare): void {
    spare.idle.cancel();
    if (this.#spares.get(spare.key) === spare) this.#spares.delete(spare.key);
  }

  #end(spare: Spare): void {
    this.#forget(spare);
    spare.abort.abort();
    const ended = spare.kernel
      .then((kernel) => kernel?.shutdown({ mode: "immediate" }))
      .catch((error: unknown) => this.#warn("a kernel that was started ahead could not be ended", error))
      .finally(() => this.#closing.delete(ended));
    this.#closing.add(ended);
  }

  #warn(message: string, cause?: unknown): void {
    this.#settings.onWarning(new KernelError("SPARE_KERNEL_FAILED", message, { cause }));
  }
}

/** Tells a directory from another that has its path later, or null where there is none. */
async function directoryId(path: string): Promise<string | null> {
  const found = await stat(path).catch(() => null);
  return found && `${found.dev}:${found.ino}`;
}
