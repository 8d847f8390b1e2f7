import type { ChildProcess } from "node:child_process";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, openSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { Socket } from "node:net";
import { KernelError } from "../kernel-error.ts";
import { hostLog } from "./host-directory.ts";
import { CONTROL_DESCRIPTOR } from "./host-protocol.ts";

/** The process of a kernel host, and the connection that it lives by. */
export interface HostProcess {
  readonly pid: number;
  readonly socket: Socket;
  /** Resolves when the process has ended; keeps this one running until then. */
  exited(): Promise<void>;
  /** How it ended, once it has. */
  end(): string;
  /** Kills it; its watchdog ends the kernel. */
  kill(): void;
}

/** What a host inherits of the environment. The kernel's environment comes with the plan. */
const INHERITED = ["PATH", "HOME", "TMPDIR", "LANG", "LC_ALL", "TZ", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH"];

/**
 * Starts the process of a kernel host, in a session of its own.
 *
 * @throws {@link KernelError} `KERNEL_HOST_START_FAILED` when the command cannot be run.
 */
export async function spawnHost(hostCommand: readonly string[], hostDir: string): Promise<HostProcess> {
  const [command = "", ...args] = hostCommand;
  const log = openSync(hostLog(hostDir), "a", 0o600);
  let child: ChildProcess;
  try {
    child = spawn(command, [...args, hostDir], {
      cwd: "/",
      detached: true,
      stdio: ["ignore", "ignore", log, "pipe"],
      env: Object.fromEntries(INHERITED.map((name) => [name, process.env[name]])),
    });
  } finally {
    closeSync(log);
  }
  // From here on nothing is waited for: a host that ends at once has to be heard by whoever has its socket.
  const exited = new Promise<void>((resolve) => void child.once("exit", () => resolve()));
  if (child.pid === undefined) {
    const [cause] = (await once(child, "error")) as readonly unknown[];
    const message = `cannot run the kernel host ${JSON.stringify(command)}: ${String(cause)}`;
    throw new KernelError("KERNEL_HOST_START_FAILED", message, { details: { hostCommand }, cause });
  }
  const socket = child.stdio[CONTROL_DESCRIPTOR];
  if (!(socket instanceof Socket)) throw new TypeError("a pipe to a process is no socket");
  // It may outlive us; as long as we drive it, its socket keeps us.
  child.unref();
  return {
    pid: child.pid,
    socket,
    exited() {
      child.ref();
      return exited;
    },
    end: () => endOf(child),
    kill: () => void child.kill("SIGKILL"),
  };
}

function endOf({ signalCode, exitCode }: ChildProcess): string {
  return signalCode ?? `exit code ${exitCode}`;
}

/** How much of a host's last words is shown. */
const LAST_WORDS = 2_000;

/** The last of what a host wrote to its standard error; empty when it said nothing. */
export async function hostLastWords(hostDir: string): Promise<string> {
  const log = await readFile(hostLog(hostDir), "utf8").catch(() => "");
  return log.slice(-LAST_WORDS).trim();
}
