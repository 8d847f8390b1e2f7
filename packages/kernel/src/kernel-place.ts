import { randomBytes, randomInt } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { ConnectionInfo } from "./connection-info.ts";

/** Where a kernel can be reached; stays the same when the kernel is restarted. */
export interface KernelPlace {
  /** Holds the connection file and, with `ipc`, the sockets. */
  readonly directory: string;
  readonly connectionFile: string;
  readonly connection: ConnectionInfo;
}

/** Thinks out the addresses of a new kernel in its directory. */
export function planPlace(directory: string, kernelName: string, transport: "ipc" | "tcp"): KernelPlace {
  const first = transport === "ipc" ? 1 : randomInt(20_000, 30_000);
  return {
    directory,
    connectionFile: join(directory, "kernel.json"),
    connection: {
      transport,
      ip: transport === "ipc" ? join(directory, "s") : "127.0.0.1",
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

/** Writes the connection file, which only this user can read: it holds the key. */
export async function writePlace(place: KernelPlace): Promise<void> {
  await mkdir(place.directory, { recursive: true, mode: 0o700 });
  await writeFile(place.connectionFile, JSON.stringify(place.connection, null, 1), { mode: 0o600 });
}
