import { existsSync } from "node:fs";
import { mkdtemp, readdir } from "node:fs/promises";
import { userInfo } from "node:os";
import { basename, join } from "node:path";
import { KernelError } from "../kernel-error.ts";
import { makePrivateDirectory } from "../runtime-directory.ts";

/**
 * Where kernel hosts have their directories unless told otherwise: `/var/tmp/notemill-UID`.
 *
 * It is not the runtime directory of the session, which is often in memory and
 * goes when the user logs out: a spool can be large, and a kernel with a lease stays.
 */
export function defaultHostsDirectory(): string {
  return join(existsSync("/var/tmp") ? "/var/tmp" : "/tmp", `notemill-${userInfo().uid}`);
}

/**
 * Makes a directory for one kernel host, which only this user can enter.
 *
 * @throws {@link KernelError} `RUNTIME_DIRECTORY_UNUSABLE`.
 */
export async function makeHostDirectory(hostsDir: string): Promise<string> {
  await makePrivateDirectory(hostsDir);
  return mkdtemp(join(hostsDir, PREFIX));
}

/** The directories of all kernel hosts, dead or alive. */
export async function hostDirectories(hostsDir: string): Promise<readonly string[]> {
  const names = await readdir(hostsDir).catch(() => []);
  return names
    .filter((name) => name.startsWith(PREFIX))
    .sort()
    .map((name) => join(hostsDir, name));
}

/** The id of the host with this directory. */
export function hostIdOf(hostDir: string): string {
  return basename(hostDir).slice(PREFIX.length);
}

/**
 * The directory of the host with this id.
 *
 * @throws {@link KernelError} `KERNEL_HOST_NOT_FOUND` when it is no id.
 */
export function hostDirectoryOf(hostsDir: string, hostId: string): string {
  if (/^[A-Za-z0-9]+$/.test(hostId)) return join(hostsDir, PREFIX + hostId);
  throw new KernelError("KERNEL_HOST_NOT_FOUND", `${JSON.stringify(hostId)} is no id of a kernel host`, {
    details: { hostId },
  });
}

/** The socket at which a host is to be reached. */
export function hostSocket(hostDir: string): string {
  return join(hostDir, "h");
}

/** The directory of a host's spool. */
export function hostSpool(hostDir: string): string {
  return join(hostDir, "spool");
}

/** The file that gets what a host's process writes to its standard error. */
export function hostLog(hostDir: string): string {
  return join(hostDir, "host.log");
}

const PREFIX = "h-";
