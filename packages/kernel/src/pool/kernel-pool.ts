import { KernelError } from "../kernel-error.ts";
import type { Kernel } from "../kernel.ts";
import type { StartKernelOptions } from "../start-kernel.ts";
import { ForkServers } from "./fork-servers.ts";
import { forkOrStart } from "./fork-or-start.ts";
import { poolSettings } from "./kernel-pool-options.ts";
import type { KernelPoolOptions } from "./kernel-pool-options.ts";
import { SpareKernels } from "./spare-kernels.ts";

/**
 * Kernels that are ready sooner than by a cold start, and otherwise the same.
 *
 * A kernel belongs to who acquired it, and serves nobody else after. Dispose of
 * the pool last: a forked kernel that is still alive then dies with its fork
 * server, and its `died` says so.
 */
export interface KernelPool extends AsyncDisposable {
  /**
   * Gives a ready kernel, as {@link startKernel} does and in its place.
   *
   * @throws {@link KernelError} what {@link startKernel} throws; `KERNEL_POOL_CLOSED`.
   */
  readonly acquire: (options: StartKernelOptions) => Promise<Kernel>;
  /**
   * Starts what it takes for the next such kernel to be ready at once: a fork
   * server where it can be forked, and one kernel ahead where that is allowed.
   *
   * What goes wrong with it is a warning, and shows when a kernel is acquired.
   *
   * @throws {@link KernelError} `KERNEL_POOL_CLOSED`
   */
  readonly prepare: (options: StartKernelOptions) => Promise<void>;
  readonly stats: () => KernelPoolStats;
}

/** What a pool holds, and what it has given. */
export interface KernelPoolStats {
  readonly forkServers: number;
  /** Living processes that were forked, spare ones among them. */
  readonly forkedKernels: number;
  /** Kernels started ahead that have no owner yet. */
  readonly spareKernels: number;
  /** How many kernels were given, by where they came from. */
  readonly acquired: Readonly<Record<"spare" | "forked" | "cold", number>>;
}

/** Makes an empty pool; it starts nothing before it is asked for a kernel. */
export function createKernelPool(options: KernelPoolOptions = {}): KernelPool {
  const settings = poolSettings(options);
  const servers = new ForkServers(settings);
  const start = (options: StartKernelOptions) => forkOrStart(servers, options, settings.onWarning);
  const spares = new SpareKernels(
    settings,
    async (options) => (await start(options)).kernel,
    () => servers.pids,
  );
  const acquired = { spare: 0, forked: 0, cold: 0 };
  let isClosed = false;

  const ensureOpen = (): void => {
    if (isClosed) throw new KernelError("KERNEL_POOL_CLOSED", "the kernel pool has been disposed of");
  };
  return {
    async acquire(options) {
      ensureOpen();
      const kernel = await spares.take(options);
      const given = kernel ? { kernel, source: "spare" as const } : await start(options);
      acquired[given.source] += 1;
      spares.replenish(options);
      return given.kernel;
    },
    async prepare(options) {
      ensureOpen();
      await spares.prepare(options);
    },
    stats: () => ({
      forkServers: servers.size,
      forkedKernels: servers.kernelCount,
      spareKernels: spares.size,
      acquired: { ...acquired },
    }),
    async [Symbol.asyncDispose]() {
      isClosed = true;
      await spares[Symbol.asyncDispose]();
      await servers[Symbol.asyncDispose]();
    },
  };
}
