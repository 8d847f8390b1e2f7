import { access, constants } from "node:fs/promises";
import { KernelError } from "../kernel-error.ts";
import { launchKernelProcess } from "../kernel-process.ts";
import type { LaunchOptions, LaunchProcess } from "../kernel-process.ts";
import type { Kernel } from "../kernel.ts";
import { startKernel, startKernelBy } from "../start-kernel.ts";
import type { StartKernelOptions } from "../start-kernel.ts";
import type { ForkPlan } from "./fork-plan.ts";
import type { ForkServers } from "./fork-servers.ts";

/** A kernel, and where it came from. */
export interface StartedKernel {
  readonly kernel: Kernel;
  readonly source: "forked" | "cold";
}

/** Starts a kernel by a fork where that is possible and works, and cold otherwise. */
export async function forkOrStart(
  servers: ForkServers,
  options: StartKernelOptions,
  onWarning: (warning: KernelError) => void,
): Promise<StartedKernel> {
  const launch = forkingLaunch(servers, options);
  try {
    const kernel = await startKernelBy(launch.process, options);
    const plan = launch.lastPlan();
    if (plan) servers.praise(plan);
    return { kernel, source: plan ? "forked" : "cold" };
  } catch (error) {
    const plan = launch.lastPlan();
    const code = error instanceof KernelError ? error.code : null;
    if (!plan || (code !== "KERNEL_START_FAILED" && code !== "KERNEL_START_TIMED_OUT")) throw error;
    if (code === "KERNEL_START_TIMED_OUT") {
      // The caller has waited long enough; the next one need not.
      servers.blame(plan);
      throw error;
    }
    const kernel = await startKernel(options);
    servers.blame(plan);
    const message = "a forked kernel was not ready, and one started cold was";
    onWarning(new KernelError("FORKED_KERNEL_FAILED", message, { cause: error }));
    return { kernel, source: "cold" };
  }
}

interface ForkingLaunch {
  readonly process: LaunchProcess;
  /** The plan that the latest process was forked by, or null if it was launched cold. */
  lastPlan(): ForkPlan | null;
}

/** Launches processes by a fork where that is possible, also when the kernel is restarted. */
function forkingLaunch(servers: ForkServers, start: StartKernelOptions): ForkingLaunch {
  let last: ForkPlan | null = null;
  return {
    lastPlan: () => last,
    async process(options) {
      last = null;
      const plan = (await isEnterable(options)) ? servers.plan(options.argv, options.env) : null;
      const forked = plan && (await servers.fork(plan, options, start));
      if (!forked) return launchKernelProcess(options);
      last = plan;
      return forked;
    },
  };
}

/** Whether the working directory is one; a cold start says best what is wrong with it otherwise. */
async function isEnterable({ cwd }: LaunchOptions): Promise<boolean> {
  return access(cwd, constants.X_OK).then(
    () => true,
    () => false,
  );
}
