import type { OpenChannels } from "./kernel-channels.ts";
import type { HeartbeatSettings } from "./heartbeat.ts";
import { KernelError } from "./kernel-error.ts";
import { isTaken, planPlace } from "./kernel-place.ts";
import type { KernelPlace } from "./kernel-place.ts";
import { startKernelLife } from "./kernel-life.ts";
import { launchKernelProcess } from "./kernel-process.ts";
import type { LaunchProcess } from "./kernel-process.ts";
import type { Kernel } from "./kernel.ts";
import type { Kernelspec } from "./kernelspec.ts";
import { ProcessKernel } from "./process-kernel.ts";
import { makeKernelDirectory } from "./runtime-directory.ts";
import { usualTransport } from "./transport.ts";

/** What a kernel is started with. */
export interface StartKernelOptions {
  readonly kernelspec: Kernelspec;
  /** The kernel's working directory. */
  readonly cwd: string;
  /** The whole environment, to which the kernelspec's and `JPY_PARENT_PID` are added. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Time to become ready. Default 60,000. */
  readonly startTimeoutMs?: number;
  /** Ends the start with `KERNEL_START_ABORTED`. */
  readonly signal?: AbortSignal;
  /** Directory of connection files and sockets; short, and with mode 0700. Default: see `makeKernelDirectory`. */
  readonly runtimeDir?: string;
  /** `auto` (the default) takes `ipc` where the kernel is known to be able to. */
  readonly transport?: "auto" | "ipc" | "tcp";
  /**
   * How the kernel is asked whether it is frozen. Default: often enough for 30
   * seconds, for kernels that are known to answer while they execute code.
   */
  readonly heartbeat?: HeartbeatSettings | "off";
  /** Directory of a control group (version 2) that the kernel joins before it runs. Default: that of this process. */
  readonly cgroup?: string;
  /** Told what the process itself writes, apart from messages. */
  readonly onProcessOutput?: (stream: "stdout" | "stderr", text: string) => void;
}

/**
 * Starts a kernel and waits until it is ready.
 *
 * @throws {@link KernelError} `KERNEL_START_FAILED`, `KERNEL_START_TIMED_OUT`,
 * `KERNEL_START_ABORTED`, `RUNTIME_DIRECTORY_UNUSABLE`. No process is left then.
 */
export function startKernel(options: StartKernelOptions): Promise<Kernel> {
  return startKernelBy(launchKernelProcess, options);
}

/** Starts a kernel whose process comes from `launch`, and its channels from `openChannels`, now and at each restart. */
export async function startKernelBy(
  launch: LaunchProcess,
  options: StartKernelOptions,
  openChannels?: OpenChannels,
): Promise<Kernel> {
  const { kernelspec, transport = "auto" } = options;
  const carrier = transport === "auto" ? usualTransport(kernelspec) : transport;
  for (let tries = 1; ; tries++) {
    const directory = await makeKernelDirectory(process.env, options.runtimeDir);
    const place = await planPlace(directory, kernelspec.name, carrier);
    try {
      const life = await startKernelLife(options, place, launch, openChannels);
      return new ProcessKernel(options, life, launch, openChannels);
    } catch (error) {
      if (tries === MOST_TRIES || !(await lostItsPlace(error, place))) throw error;
    }
  }
}

/** How often a kernel is started anew whose ports another program took first. */
const MOST_TRIES = 3;

async function lostItsPlace(error: unknown, place: KernelPlace): Promise<boolean> {
  return error instanceof KernelError && error.code === "KERNEL_START_FAILED" && (await isTaken(place));
}
