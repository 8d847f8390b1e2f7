import type { OpenChannels } from "./kernel-channels.ts";
import { planPlace } from "./kernel-place.ts";
import { startKernelLife } from "./kernel-life.ts";
import { launchKernelProcess } from "./kernel-process.ts";
import type { LaunchProcess } from "./kernel-process.ts";
import type { Kernel } from "./kernel.ts";
import type { Kernelspec } from "./kernelspec.ts";
import { ProcessKernel } from "./process-kernel.ts";
import { makeKernelDirectory } from "./runtime-directory.ts";

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
  const directory = await makeKernelDirectory(process.env, options.runtimeDir);
  const isIpcAble = kernelspec.argv.includes("ipykernel_launcher");
  const place = planPlace(
    directory,
    kernelspec.name,
    transport === "auto" ? (isIpcAble ? "ipc" : "tcp") : transport,
  );
  return new ProcessKernel(
    options,
    await startKernelLife(options, place, launch, openChannels),
    launch,
    openChannels,
  );
}
