import { platform } from "node:os";
import { KernelError } from "../kernel-error.ts";
import type { KernelProcess, LaunchOptions } from "../kernel-process.ts";
import type { StartKernelOptions } from "../start-kernel.ts";
import { Backoff } from "./backoff.ts";
import { planFork } from "./fork-plan.ts";
import type { ForkPlan } from "./fork-plan.ts";
import type { PoolSettings } from "./kernel-pool-options.ts";
import { waitForStart } from "./wait-for-start.ts";
import { WarmServer } from "./warm-server.ts";

/** The fork servers of a pool: one for each plan, within bounds. */
export class ForkServers implements AsyncDisposable {
  readonly #settings: PoolSettings;
  readonly #backoff: Backoff;
  readonly #servers = new Map<string, WarmServer>();
  /** Those that fork no more but have living kernels. */
  readonly #retired = new Set<WarmServer>();
  readonly #closing = new Set<Promise<void>>();
  #isClosed = false;

  constructor(settings: PoolSettings) {
    this.#settings = settings;
    this.#backoff = new Backoff(settings.clock);
  }

  /** How many there are, with those that only wait for their last kernel. */
  get size(): number {
    return this.#servers.size + this.#retired.size;
  }

  get kernelCount(): number {
    return this.#all().reduce((sum, server) => sum + server.kernelCount, 0);
  }

  get pids(): readonly number[] {
    return this.#all().flatMap((server) => server.pid ?? []);
  }

  /** The fork that can take the place of a cold start, or null where none can. */
  plan(argv: readonly string[], env: LaunchOptions["env"]): ForkPlan | null {
    // Elsewhere a process that forks without running another program is not safe from its libraries.
    if (platform() !== "linux") return null;
    return planFork(argv, env, this.#settings.startupVariables);
  }

  /** Resolves when a fork by `plan` would not have to wait, or there will be none. */
  async prepare(plan: ForkPlan): Promise<void> {
    await this.#serverFor(plan);
  }

  /**
   * Forks a kernel's process, or gives null where a cold start has to do.
   *
   * @param start - Says how long to wait for a fork server that is not ready yet.
   */
  async fork(
    plan: ForkPlan,
    launch: LaunchOptions,
    start: StartKernelOptions,
  ): Promise<KernelProcess | null> {
    const server = await waitForStart(this.#serverFor(plan), start, this.#settings.clock);
    try {
      return (await server?.fork(launch)) ?? null;
    } catch (error) {
      if (!(error instanceof KernelError) || error.code !== "FORK_SERVER_FAILED") throw error;
      // Where the server itself has ended, that is reported once for all.
      if (server && this.#servers.get(plan.key) === server) this.#settings.onWarning(error);
      return null;
    }
  }

  /** Notes that a kernel forked by `plan` became ready. */
  praise(plan: ForkPlan): void {
    this.#backoff.succeeded(plan.key);
  }

  /** Notes that a kernel forked by `plan` did not become ready: no more forks of that server. */
  blame(plan: ForkPlan): void {
    this.#backoff.failed(plan.key);
    const server = this.#servers.get(plan.key);
    if (server) this.#retire(server);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#isClosed = true;
    for (const server of this.#all()) this.#close(server);
    await Promise.all(this.#closing);
  }

  async #serverFor(plan: ForkPlan): Promise<WarmServer | null> {
    const found = this.#servers.get(plan.key);
    if (found && (await found.isFresh())) return found;
    // Whoever else waited for the same answer may have put another in its place.
    const current = this.#servers.get(plan.key);
    if (current && current !== found) return this.#serverFor(plan);
    if (found) this.#retire(found);

    if (this.#isClosed || !this.#backoff.isDue(plan.key) || !this.#makeRoom()) return null;
    const server = this.#open(plan);
    return (await server.isReady()) ? server : null;
  }

  #open(plan: ForkPlan): WarmServer {
    const server: WarmServer = new WarmServer(plan, this.#settings, {
      onFailed: (error) => {
        this.#close(server);
        this.#warn(plan, error);
      },
      onIdle: () => this.#retire(server),
      onEmpty: () => {
        if (this.#retired.has(server)) this.#retire(server);
      },
    });
    this.#servers.set(plan.key, server);
    return server;
  }

  /** Ends the server that was unused longest if there are as many as there may be. */
  #makeRoom(): boolean {
    if (this.#servers.size < this.#settings.maxForkServers) return true;
    const idle = [...this.#servers.values()].filter(
      (server) => server.pid !== null && server.kernelCount === 0,
    );
    const [oldest] = idle.toSorted((a, b) => a.usedAt - b.usedAt);
    if (!oldest) return false;
    this.#retire(oldest);
    return true;
  }

  /** Lets a server fork no more, and ends it as soon as it has no kernels. */
  #retire(server: WarmServer): void {
    if (server.kernelCount === 0) {
      this.#close(server);
    } else {
      this.#forget(server);
      this.#retired.add(server);
    }
  }

  #close(server: WarmServer): void {
    this.#forget(server);
    const closed = server[Symbol.asyncDispose]()
      .catch((cause: unknown) => {
        const message = "a fork server could not be ended";
        this.#settings.onWarning(new KernelError("FORK_SERVER_FAILED", message, { cause }));
      })
      .finally(() => this.#closing.delete(closed));
    this.#closing.add(closed);
  }

  #forget(server: WarmServer): void {
    this.#retired.delete(server);
    if (this.#servers.get(server.plan.key) === server) this.#servers.delete(server.plan.key);
  }

  #warn(plan: ForkPlan, error: KernelError): void {
    const retryMs = this.#backoff.failed(plan.key);
    this.#settings.onWarning(
      new KernelError("FORK_SERVER_FAILED", `${error.message}; next try in ${retryMs} ms`, {
        details: { ...error.details, retryMs },
        cause: error.cause,
      }),
    );
  }

  #all(): readonly WarmServer[] {
    return [...this.#servers.values(), ...this.#retired];
  }
}
