import { randomBytes } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { ConnectionInfo } from "./connection-info.ts";
import { areFree, pickLoopbackPorts } from "./loopback-ports.ts";

/** Where a kernel can be reached; stays the same when the kernel is restarted. */
export interface KernelPlace {
  /** Holds the connection file and, with `ipc`, the sockets. */
  readonly directory: string;
  readonly connectionFile: string;
  readonly connection: ConnectionInfo;
}

/** Thinks out the addresses of a new kernel, with its directory for files. */
export async function planPlace(
  directory: string,
  kernelName: string,
  transport: "ipc" | "tcp",
): Promise<KernelPlace> {
  const { ip, first } =
    transport === "ipc" ? { ip: join(directory, "s"), first: 1 } : await pickLoopbackPorts();
  return {
    directory,
    connectionFile: join(directory, "kernel.json"),
    connection: {
      transport,
      ip,
      shell_port: first,
      iopub_port: first + 1,
      stdin_port: first + 2,
      control_port: first + 3,
      hb_port: first + 4,
      signature_scheme: "hmac-sha256",
      key: randomBytes(32).toString("hex"),
      kernel_name: kernelName,
    },
  };
}

/** Whether another program has taken the place; asked when no kernel is there. */
export async function isTaken({ connection }: KernelPlace): Promise<boolean> {
  if (connection.transport === "ipc") return false;
  return !(await areFree({ ip: connection.ip, first: connection.shell_port }));
}

/** Writes the connection file, which only this user can read: it holds the key. */
export async function writePlace(place: KernelPlace): Promise<void> {
  await mkdir(place.directory, { recursive: true, mode: 0o700 });
  await writeFile(place.connectionFile, JSON.stringify(place.connection, null, 1), { mode: 0o600 });
}
