import type { Socket } from "node:net";
import { existsSync } from "node:fs";
import { createConnection } from "node:net";
import { KernelError } from "../kernel-error.ts";
import { hostIdOf, hostSocket } from "./host-directory.ts";

/**
 * Connects to the socket of a kernel host.
 *
 * @throws {@link KernelError} `KERNEL_HOST_NOT_FOUND` when there is no such
 * host, `KERNEL_HOST_DIED` when its process has left nothing but its directory.
 */
export async function connectHost(hostDir: string): Promise<Socket> {
  const socket = createConnection(hostSocket(hostDir));
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  socket.once("connect", resolve);
  socket.once("error", reject);
  try {
    await promise;
    return socket;
  } catch (cause) {
    if (existsSync(hostDir)) throw hostDead(hostDir, cause);
    const hostId = hostIdOf(hostDir);
    const message = `there is no kernel host in ${JSON.stringify(hostDir)}; see the list of kernel hosts`;
    throw new KernelError("KERNEL_HOST_NOT_FOUND", message, { details: { hostId, hostDir }, cause });
  }
}

/** The error for a host that has left nothing but its directory. */
export function hostDead(hostDir: string, cause?: unknown): KernelError {
  const hostId = hostIdOf(hostDir);
  return new KernelError("KERNEL_HOST_DIED", `the kernel host ${hostId} is dead, and its kernel with it`, {
    details: { hostId, hostDir },
    cause,
  });
}
