import { Socket } from "node:net";
import { CONTROL_DESCRIPTOR } from "../host-protocol.ts";
import { KernelHost } from "./kernel-host.ts";

/**
 * Is a kernel host: the whole life of its process, which this ends.
 *
 * @param hostDir - The directory that was made for it. What to start comes over
 * the connection at {@link CONTROL_DESCRIPTOR}.
 */
export async function runKernelHost(hostDir: string): Promise<never> {
  const host = new KernelHost(hostDir);
  for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"] as const) {
    process.on(signal, () => host.end("terminated", "graceful"));
  }
  host.accept(new Socket({ fd: CONTROL_DESCRIPTOR, readable: true, writable: true }));
  await host.ended;
  // Whatever is still open here is nobody's any more.
  process.exit();
}
