import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Duplex } from "node:stream";
import { KernelError } from "../kernel-error.ts";
import type { ProcessExit } from "../kernel-process.ts";
import { makeKernelDirectory } from "../runtime-directory.ts";
import { startWatchdog } from "../watchdog.ts";
import type { Watchdog } from "../watchdog.ts";
import type { ForkPlan } from "./fork-plan.ts";
import { FORK_SERVER_PROGRAM } from "./fork-server-program.ts";
import { listenForOutputs } from "./output-listener.ts";
import type { OutputListener } from "./output-listener.ts";

/** The process of a fork server with everything that belongs to it. */
export interface ForkServerProcess {
  readonly pid: number;
  /** The environment that it was started with. */
  readonly env: Readonly<Record<string, string>>;
  /** Its file descriptor 3. */
  readonly control: Duplex;
  /** Where its kernels connect their outputs to. */
  readonly outputs: OutputListener;
  readonly exited: Promise<ProcessExit>;
  /** The last of what it wrote itself. */
  lastWords(): string;
  kill(): void;
  /** Kills what is left and clears up. */
  end(): Promise<void>;
}

/** How many characters of its outputs are kept for a message about a failure. */
const LAST_WORDS = 4_000;

/**
 * Launches a fork server under a watchdog of its own, so that it ends with this process.
 *
 * @throws {@link KernelError} `FORK_SERVER_FAILED` when its interpreter cannot be run.
 */
export async function launchForkServer(plan: ForkPlan, runtimeDir?: string): Promise<ForkServerProcess> {
  const directory = await makeKernelDirectory(process.env, runtimeDir);
  const kernelId = randomUUID();
  const watchdog = startWatchdog({ kernelId, directory });
  let outputs: OutputListener | undefined;
  const end = async (): Promise<void> => {
    await watchdog.release();
    await outputs?.[Symbol.asyncDispose]();
    // The watchdog has done this already, unless it was killed.
    await rm(directory, { recursive: true, force: true });
  };
  try {
    const program = join(directory, "fork_server.py");
    const socket = join(directory, "o");
    await writeFile(program, FORK_SERVER_PROGRAM);
    outputs = await listenForOutputs(socket);
    const env = { ...plan.env, NOTEMILL_KERNEL_ID: kernelId };
    return {
      ...(await spawnForkServer([...plan.command, program, socket, ...plan.args], env, watchdog)),
      outputs,
      end,
    };
  } catch (error) {
    await end();
    throw error;
  }
}

async function spawnForkServer(
  argv: readonly string[],
  env: Readonly<Record<string, string>>,
  watchdog: Watchdog,
): Promise<Omit<ForkServerProcess, "outputs" | "end">> {
  const [command = "", ...args] = argv;
  const child = spawn(command, args, {
    cwd: "/",
    env,
    detached: true,
    stdio: ["ignore", "pipe", "pipe", "pipe"],
  });
  const exited = new Promise<ProcessExit>((resolve) => {
    child.once("exit", (exitCode, signal) => resolve({ exitCode, signal }));
  });
  const control = child.stdio[3];
  if (child.pid === undefined || !(control instanceof Duplex)) {
    const [cause] = await once(child, "error");
    throw new KernelError("FORK_SERVER_FAILED", `cannot run ${JSON.stringify(command)}`, {
      details: { argv },
      cause,
    });
  }
  watchdog.guard(child.pid);
  // It must not outlive this process, which only the watchdog can promise.
  void watchdog.killed.then(() => child.kill("SIGKILL"));

  let words = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8").on("data", (text: string) => {
      words = (words + text).slice(-LAST_WORDS);
    });
  }
  return {
    pid: child.pid,
    env,
    control,
    exited,
    lastWords: () => words.trim(),
    kill: () => void child.kill("SIGKILL"),
  };
}
