import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { KernelError } from "./kernel-error.ts";
import type { Watchdog } from "./watchdog.ts";

/** A kernel's process, leader of its own session and process group. */
export interface KernelProcess {
  readonly pid: number;
  /** Resolves when the process itself has ended. */
  readonly exited: Promise<ProcessExit>;
  /** The last of what the process wrote to its standard error. */
  lastWords(): string;
  /** Sends a signal to the whole process group. */
  signalGroup(signal: NodeJS.Signals): void;
}

/** How a process ended. */
export interface ProcessExit {
  readonly exitCode: number | null;
  readonly signal: string | null;
  /** Why it ended, where that is known to be something else than the process itself. */
  readonly reason?: "fork-server";
}

/** What a kernel process is started with. */
export interface LaunchOptions {
  readonly argv: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly watchdog: Watchdog;
  /** Directory of a control group that the process joins before it does anything else. */
  readonly cgroup?: string | undefined;
  readonly onOutput: (stream: "stdout" | "stderr", text: string) => void;
}

/** Brings a kernel's process into being: {@link launchKernelProcess}, or a fork of one that is warm. */
export type LaunchProcess = (options: LaunchOptions) => Promise<KernelProcess>;

/** How many characters of standard error are kept for a message about a failed start. */
const LAST_WORDS = 4_000;

/**
 * Starts a kernel's process under a watchdog.
 *
 * @throws {@link KernelError} `KERNEL_START_FAILED` when the command cannot be run.
 */
export async function launchKernelProcess(options: LaunchOptions): Promise<KernelProcess> {
  const [command = "", ...args] = inCgroup(options.argv, options.cgroup);
  const child = spawn(command, args, {
    cwd: options.cwd,
    env: options.env,
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const exited = new Promise<ProcessExit>((resolve) => {
    child.once("exit", (exitCode, signal) => resolve({ exitCode, signal }));
  });
  const pid = child.pid;
  if (pid === undefined) {
    const [cause] = await once(child, "error");
    throw new KernelError("KERNEL_START_FAILED", `cannot run ${JSON.stringify(command)} in ${options.cwd}`, {
      details: { argv: options.argv, cwd: options.cwd },
      cause,
    });
  }
  options.watchdog.guard(pid);

  let words = "";
  forwardOutput(child, (stream, text) => {
    if (stream === "stderr") words = (words + text).slice(-LAST_WORDS);
    options.onOutput(stream, text);
  });
  return {
    pid,
    exited,
    lastWords: () => words.trim(),
    signalGroup(signal) {
      try {
        process.kill(-pid, signal);
      } catch {
        // The group has ended already.
      }
    },
  };
}

/** A command that joins the group and then becomes the one given. */
function inCgroup(argv: readonly string[], cgroup: string | undefined): readonly string[] {
  if (cgroup === undefined) return argv;
  return ["/bin/sh", "-c", 'echo $$ > "$0" && exec "$@"', join(cgroup, "cgroup.procs"), ...argv];
}

function forwardOutput(child: ChildProcess, onOutput: LaunchOptions["onOutput"]): void {
  for (const name of ["stdout", "stderr"] as const) {
    child[name]?.setEncoding("utf8").on("data", (text: string) => onOutput(name, text));
  }
}
