import { rm } from "node:fs/promises";
import { KernelError } from "../kernel-error.ts";
import type { StartKernelOptions } from "../start-kernel.ts";
import { defaultHostCommand } from "./host-command.ts";
import { openHostConnection } from "./host-connection.ts";
import { defaultHostsDirectory, hostIdOf, makeHostDirectory } from "./host-directory.ts";
import { HostDriver } from "./host-driver.ts";
import { encodePlan } from "./host-plan.ts";
import { PROTOCOL_VERSION } from "./host-protocol.ts";
import type { DriverListener, HostedKernel } from "./hosted-kernel.ts";
import { overdue } from "./overdue.ts";
import { checkKeepMs, SocketKernel } from "./socket-kernel.ts";
import type { HostProcess } from "./spawn-host.ts";
import { hostLastWords, spawnHost } from "./spawn-host.ts";
import type { SpoolSettings } from "./spool/spool.ts";
import { untilAttached } from "./until-attached.ts";

/** What a kernel with a host of its own is started with. */
export interface StartHostedKernelOptions extends StartKernelOptions, DriverListener {
  /**
   * Directory in which the host makes its own; short, and with mode 0700. It
   * should be on a disk, as the spool is there. Default: `/var/tmp/notemill-UID`.
   */
  readonly runtimeDir?: string;
  /** How long the kernel may outlive its driver, in milliseconds. Default 0: not at all. */
  readonly keepLeaseMs?: number;
  /** Number of this driver's claim; see {@link AttachOptions}. Default 1. */
  readonly fence?: number;
  /** Bounds of the spool. */
  readonly spool?: SpoolSettings;
  /**
   * The command that is a kernel host, to which its directory is added.
   * Default: this package's own module, run by this Node; a program that was
   * bundled has to say how it is started as one, by `runKernelHost`.
   */
  readonly hostCommand?: readonly string[];
}

/** How much longer than its kernel a host may take to be there, in milliseconds. */
const HOST_MS = 10_000;

/** How long a host whose start has failed may take to end before it is killed. */
const END_MS = 20_000;

/**
 * Starts a kernel in a kernel host: a small process of its own, which this one can leave and find again.
 *
 * @throws {@link KernelError} whatever {@link startKernel} throws, and
 * `KERNEL_HOST_START_FAILED`, `KERNEL_LEASE_INVALID`. No process is left then.
 */
export async function startHostedKernel(options: StartHostedKernelOptions): Promise<HostedKernel> {
  const { runtimeDir = defaultHostsDirectory(), hostCommand = defaultHostCommand() } = options;
  checkKeepMs(options.keepLeaseMs ?? 0);
  const hostDir = await makeHostDirectory(runtimeDir);
  let host: HostProcess | null = null;
  try {
    host = await spawnHost(hostCommand, hostDir);
    return await begin(host, hostDir, options);
  } catch (error) {
    if (host) await abandon(host);
    await rm(hostDir, { recursive: true, force: true, maxRetries: 5 });
    throw error;
  }
}

async function begin(
  host: HostProcess,
  hostDir: string,
  options: StartHostedKernelOptions,
): Promise<HostedKernel> {
  const connection = openHostConnection(host.socket, () => undefined);
  const driver = new HostDriver({ connection, listener: options, firstSequence: 1, isFlowing: true });
  const plan = encodePlan({
    options,
    keepMs: options.keepLeaseMs ?? 0,
    fence: options.fence ?? 1,
    spool: options.spool ?? {},
  });
  connection.send({ type: "start", version: PROTOCOL_VERSION }, [plan]);
  const name = options.kernelspec.name;
  const { signal, startTimeoutMs = 60_000 } = options;
  const attached = await untilAttached(driver, connection, {
    timeoutMs: startTimeoutMs + HOST_MS,
    signal,
    timedOut: (ms) =>
      new KernelError("KERNEL_START_TIMED_OUT", `the host of kernel "${name}" said nothing within ${ms} ms`, {
        details: { name, timeoutMs: ms },
      }),
    aborted: (cause) =>
      new KernelError("KERNEL_START_ABORTED", `the start of kernel "${name}" was aborted`, { cause }),
    closed: () => startFailure(host, hostDir, name),
  });
  return new SocketKernel({ hostDir, attached, connection, driver, process: host });
}

async function startFailure(host: HostProcess, hostDir: string, name: string): Promise<KernelError> {
  await host.exited();
  const stderr = await hostLastWords(hostDir);
  const lastLine = stderr.split("\n").at(-1) ?? "";
  const message = `the host of kernel "${name}" ended before the kernel was ready (${host.end()})`;
  return new KernelError("KERNEL_HOST_START_FAILED", lastLine === "" ? message : `${message}: ${lastLine}`, {
    details: { name, hostId: hostIdOf(hostDir), stderr },
  });
}

/** Lets a host end that is not wanted: without its driver it does, and its kernel before it. */
async function abandon(host: HostProcess): Promise<void> {
  host.socket.destroy();
  if (await overdue(host.exited(), END_MS)) host.kill();
  await host.exited();
}
