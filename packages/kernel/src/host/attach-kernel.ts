import { KernelError } from "../kernel-error.ts";
import { connectHost } from "./connect-host.ts";
import { openHostConnection } from "./host-connection.ts";
import { hostIdOf } from "./host-directory.ts";
import { HostDriver } from "./host-driver.ts";
import { PROTOCOL_VERSION } from "./host-protocol.ts";
import type { DriverListener, HostedKernel } from "./hosted-kernel.ts";
import { SocketKernel } from "./socket-kernel.ts";
import { untilAttached } from "./until-attached.ts";

/** How to attach to a kernel that is there. */
export interface AttachOptions extends DriverListener {
  /** The record from which on messages are wanted. Default: the first that no driver has acknowledged. */
  readonly fromSequence?: number;
  /** Put out the driver that is attached, if there is one. Default `false`. */
  readonly takeOver?: boolean;
  /**
   * Number of this driver's claim. The host refuses one that is lower than the
   * latest, and lets a higher one put out whoever is attached. Default: one more than the latest.
   */
  readonly fence?: number;
  /** Time for the host to answer. Default 10,000. */
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
}

/**
 * Attaches to the kernel of a kernel host and goes on where its last driver left off.
 *
 * Messages begin to come with the first listener, execution or request, so that
 * none goes by unheard; each comes once. Where the kernel has died meanwhile
 * they come first, then {@link Kernel.died} and every execution say how.
 *
 * @throws {@link KernelError} `KERNEL_HOST_NOT_FOUND`, `KERNEL_HOST_DIED`,
 * `KERNEL_HOST_ATTACHED`, `KERNEL_HOST_FENCED`, `KERNEL_HOST_SILENT`,
 * `KERNEL_HOST_PROTOCOL` when the host is of another version, `KERNEL_START_ABORTED`.
 */
export async function attachKernel(hostDir: string, options: AttachOptions = {}): Promise<HostedKernel> {
  const { fromSequence = null, takeOver = false, fence = null, timeoutMs = 10_000, signal } = options;
  const connection = openHostConnection(await connectHost(hostDir), () => undefined);
  const driver = new HostDriver({
    connection,
    listener: options,
    firstSequence: fromSequence,
    isFlowing: false,
  });
  connection.send({ type: "attach", version: PROTOCOL_VERSION, takeOver, fence });
  const hostId = hostIdOf(hostDir);
  const details = { hostId, hostDir };
  try {
    const attached = await untilAttached(driver, connection, {
      timeoutMs,
      signal,
      timedOut: (ms) =>
        new KernelError("KERNEL_HOST_SILENT", `the kernel host ${hostId} did not answer within ${ms} ms`, {
          details,
        }),
      aborted: (cause) =>
        new KernelError("KERNEL_START_ABORTED", `attaching to the kernel host ${hostId} was aborted`, {
          cause,
        }),
      closed: () => new KernelError("KERNEL_HOST_DIED", `the kernel host ${hostId} ended`, { details }),
    });
    return new SocketKernel({ hostDir, attached, connection, driver, process: null });
  } catch (error) {
    connection.destroy();
    throw error;
  }
}
