import type { KernelDeath } from "../kernel.ts";
import { askHost } from "./ask-host.ts";
import { defaultHostsDirectory, hostDirectories, hostIdOf } from "./host-directory.ts";
import type { HostFrame } from "./host-protocol.ts";
import { PROTOCOL_VERSION } from "./host-protocol.ts";
import { readHostRecord } from "./host-record.ts";

/** A kernel host, as found on this machine. */
export interface KernelHostInfo {
  readonly hostId: string;
  readonly hostDir: string;
  readonly hostPid: number;
  /** The kernel's process; `null` before there is one. */
  readonly pid: number | null;
  readonly kernelName: string;
  readonly displayName: string;
  readonly cwd: string;
  readonly startedAt: Date;
  /** For `jupyter console --existing`; `null` before the kernel is ready. */
  readonly connectionFile: string | null;
  /**
   * What the kernel is about. `dead`: the kernel has died, its host waits for
   * somebody to ask how. `stale`: the host is gone and has left its directory.
   * `silent`: the host does not answer.
   */
  readonly status: "starting" | "idle" | "busy" | "dead" | "stale" | "silent";
  readonly death: KernelDeath | null;
  readonly isAttached: boolean;
  /** How long the kernel outlives its driver, in milliseconds. */
  readonly keepMs: number;
  /** When it ends; `null` while it is attached. */
  readonly leaseUntil: Date | null;
}

/** Where to look for kernel hosts. */
export interface ListKernelHostsOptions {
  /** The directory they were started in. Default: `/var/tmp/notemill-UID`. */
  readonly runtimeDir?: string;
  /** Time for each host to answer. Default 2,000. */
  readonly timeoutMs?: number;
}

/** Lists the kernel hosts of this user, with those that are dead and not cleared away. */
export async function listKernelHosts(
  options: ListKernelHostsOptions = {},
): Promise<readonly KernelHostInfo[]> {
  const { runtimeDir = defaultHostsDirectory(), timeoutMs = 2_000 } = options;
  const hostDirs = await hostDirectories(runtimeDir);
  const found = await Promise.all(hostDirs.map((hostDir) => describe(hostDir, timeoutMs)));
  return found.filter((host) => host !== null).sort((a, b) => a.startedAt.getTime() - b.startedAt.getTime());
}

/** What is known of a host; `null` when that is nothing, since it has only begun or just ended. */
async function describe(hostDir: string, timeoutMs: number): Promise<KernelHostInfo | null> {
  const record = await readHostRecord(hostDir);
  if (!record) return null;
  let frame: HostFrame | null = null;
  let isStale = false;
  try {
    frame = await askHost(hostDir, { type: "status", version: PROTOCOL_VERSION }, timeoutMs);
  } catch {
    isStale = true;
  }
  // It has ended since its record was read.
  if (isStale && !(await readHostRecord(hostDir))) return null;
  const status = frame?.type === "status" ? frame : null;
  return {
    hostId: hostIdOf(hostDir),
    hostDir,
    hostPid: record.hostPid,
    pid: status?.pid ?? null,
    kernelName: record.kernelName,
    displayName: record.displayName,
    cwd: record.cwd,
    startedAt: new Date(record.startedAt),
    connectionFile: status?.connectionFile ?? record.connectionFile,
    status: status?.state ?? (isStale ? "stale" : "silent"),
    death: status?.death ?? null,
    isAttached: status?.isAttached ?? false,
    keepMs: status?.keepMs ?? 0,
    leaseUntil: status?.leaseUntil ? new Date(status.leaseUntil) : null,
  };
}
