import { stat } from "node:fs/promises";
import { KernelError } from "../kernel-error.ts";
import type { KernelProcess, LaunchOptions } from "../kernel-process.ts";
import type { ForkPlan } from "./fork-plan.ts";
import { startForkServer } from "./fork-server.ts";
import type { ForkServer } from "./fork-server.ts";
import type { PoolSettings } from "./kernel-pool-options.ts";
import type { PoolTimer } from "./pool-clock.ts";

/** What a {@link WarmServer} reports to its owner. */
export interface WarmServerEvents {
  /** It could not be started, or ended unasked. Its kernels are dead. */
  readonly onFailed: (error: KernelError) => void;
  /** It has been unused for as long as it may be. */
  readonly onIdle: () => void;
  /** The last of its kernels has ended. */
  readonly onEmpty: () => void;
}

/** A fork server from the wish for it to its end. */
export class WarmServer implements AsyncDisposable {
  readonly plan: ForkPlan;
  readonly #settings: PoolSettings;
  readonly #events: WarmServerEvents;
  readonly #startedAt: number;
  readonly #abort = new AbortController();
  /** Null when it could not be started. */
  readonly #started: Promise<Started | null>;
  #server: ForkServer | null = null;
  #usedAt: number;
  #idle: PoolTimer | null = null;

  constructor(plan: ForkPlan, settings: PoolSettings, events: WarmServerEvents) {
    this.plan = plan;
    this.#settings = settings;
    this.#events = events;
    this.#startedAt = settings.clock.now();
    this.#usedAt = this.#startedAt;
    this.#started = this.#start();
  }

  /** Null while it starts. */
  get pid(): number | null {
    return this.#server?.pid ?? null;
  }

  /** How many of its kernels live. */
  get kernelCount(): number {
    return this.#server?.kernelCount ?? 0;
  }

  get usedAt(): number {
    return this.#usedAt;
  }

  /** Resolves when it can fork, or to `false` when it never will. */
  async isReady(): Promise<boolean> {
    return (await this.#started) !== null;
  }

  /** Whether it still has the packages that a cold start would have, and is not too old. */
  async isFresh(): Promise<boolean> {
    const started = await this.#started;
    if (!started || this.#settings.clock.now() - this.#startedAt > this.#settings.maxAgeMs) return false;
    return started.packages === (await packageState(started.server.path));
  }

  /**
   * Forks a kernel's process.
   *
   * @throws {@link KernelError} `FORK_SERVER_FAILED`
   */
  async fork(options: LaunchOptions): Promise<KernelProcess> {
    const server = this.#server;
    if (!server) throw new KernelError("FORK_SERVER_FAILED", "the fork server is not ready");
    this.#touch();
    const process = await server.fork(options);
    void process.exited.then(() => {
      this.#touch();
      if (server.kernelCount === 0) this.#events.onEmpty();
    });
    return process;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#abort.abort();
    this.#idle?.cancel();
    await (await this.#started)?.server[Symbol.asyncDispose]();
  }

  async #start(): Promise<Started | null> {
    try {
      const server = await startForkServer(this.plan, {
        clock: this.#settings.clock,
        startTimeoutMs: this.#settings.forkServerTimeoutMs,
        signal: this.#abort.signal,
        runtimeDir: this.#settings.runtimeDir,
      });
      void server.failed.then(this.#events.onFailed);
      const packages = await packageState(server.path);
      this.#server = server;
      this.#touch();
      return { server, packages };
    } catch (error) {
      if (!this.#abort.signal.aborted) this.#events.onFailed(asForkServerFailure(error));
      return null;
    }
  }

  #touch(): void {
    const { clock, maxIdleMs } = this.#settings;
    this.#usedAt = clock.now();
    this.#idle?.cancel();
    if (this.#abort.signal.aborted) return;
    this.#idle = clock.after(maxIdleMs, () => {
      if (this.kernelCount === 0) this.#events.onIdle();
    });
  }
}

interface Started {
  readonly server: ForkServer;
  readonly packages: string;
}

/** Changes when a package is installed in one of the directories, upgraded or removed. */
async function packageState(path: readonly string[]): Promise<string> {
  const times = path.map(async (directory) => (await stat(directory).catch(() => null))?.mtimeMs);
  return JSON.stringify(await Promise.all(times));
}

function asForkServerFailure(error: unknown): KernelError {
  if (error instanceof KernelError && error.code === "FORK_SERVER_FAILED") return error;
  return new KernelError("FORK_SERVER_FAILED", "the fork server could not be started", { cause: error });
}
