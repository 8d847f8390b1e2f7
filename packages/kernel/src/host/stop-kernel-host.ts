import { KernelError } from "../kernel-error.ts";
import { askHost } from "./ask-host.ts";
import { defaultHostsDirectory, hostDirectoryOf } from "./host-directory.ts";
import { PROTOCOL_VERSION } from "./host-protocol.ts";
import { removeIfDead } from "./sweep-kernel-hosts.ts";

/** How to stop a kernel host. */
export interface StopKernelHostOptions {
  /** The directory it was started in. Default: `/var/tmp/notemill-UID`. */
  readonly runtimeDir?: string;
  /** As in {@link ShutdownOptions}. Default `graceful`. */
  readonly mode?: "graceful" | "immediate";
  /** Time for it to end. Default 20,000. */
  readonly timeoutMs?: number;
}

/**
 * Ends a kernel host and its kernel, whoever drives it, and clears away what a dead one has left.
 *
 * @throws {@link KernelError} `KERNEL_HOST_NOT_FOUND`, `KERNEL_HOST_SILENT`.
 */
export async function stopKernelHost(hostId: string, options: StopKernelHostOptions = {}): Promise<void> {
  const { runtimeDir = defaultHostsDirectory(), mode = "graceful", timeoutMs = 20_000 } = options;
  const hostDir = hostDirectoryOf(runtimeDir, hostId);
  let answer;
  try {
    answer = await askHost(hostDir, { type: "stop", version: PROTOCOL_VERSION, mode }, timeoutMs);
  } catch (error) {
    if (!(error instanceof KernelError) || error.code !== "KERNEL_HOST_DIED") throw error;
    await removeIfDead(hostDir);
    return;
  }
  if (answer?.type === "bye") return;
  throw new KernelError(
    "KERNEL_HOST_SILENT",
    `the kernel host ${hostId} did not end within ${timeoutMs} ms; kill its process to end it and its kernel`,
    { details: { hostId, timeoutMs } },
  );
}
