import { KernelError } from "../kernel-error.ts";
import type { KernelProcess, LaunchOptions } from "../kernel-process.ts";
import { forkEnvironment } from "./fork-environment.ts";
import type { ForkPlan } from "./fork-plan.ts";
import type { ForkServerEvent } from "./fork-server-event.ts";
import { openForkServerLine } from "./fork-server-line.ts";
import { launchForkServer } from "./fork-server-process.ts";
import type { ForkServerProcess } from "./fork-server-process.ts";
import { ForkedProcesses } from "./forked-processes.ts";
import type { PoolClock } from "./pool-clock.ts";
import { startPulse } from "./pulse.ts";

/** A live process that forks ready kernels. Who disposes of it ends its kernels too. */
export interface ForkServer extends AsyncDisposable {
  readonly pid: number;
  /** The directories that it has imported modules from. */
  readonly path: readonly string[];
  /** How many of its kernels are asked for or alive. */
  readonly kernelCount: number;
  /**
   * Forks a kernel's process.
   *
   * @throws {@link KernelError} `FORK_SERVER_FAILED` when it cannot, or ends first.
   */
  fork(options: LaunchOptions): Promise<KernelProcess>;
  /** Resolves when the process has ended unasked and each kernel it had forked has been killed. */
  readonly failed: Promise<KernelError>;
}

/** Settings of a fork server. */
export interface ForkServerOptions {
  readonly clock: PoolClock;
  /** Time to import what a kernel needs. */
  readonly startTimeoutMs: number;
  /** Ends the start with `FORK_SERVER_FAILED`. */
  readonly signal: AbortSignal;
  readonly runtimeDir?: string | undefined;
}

/**
 * Starts a fork server and waits until it can fork.
 *
 * @throws {@link KernelError} `FORK_SERVER_FAILED`. No process is left then.
 */
export async function startForkServer(plan: ForkPlan, options: ForkServerOptions): Promise<ForkServer> {
  const server = await launchForkServer(plan, options.runtimeDir);
  const ready = Promise.withResolvers<Ready>();
  const failed = Promise.withResolvers<KernelError>();
  const line = openForkServerLine(server.control, (event) => {
    switch (event.event) {
      case "ready":
        return ready.resolve(event);
      case "unfit":
        return ready.reject(failure(server, `cannot be forked: ${event.reason}`));
      case "pong":
        return pulse.beat();
      default:
        return processes.receive(event, (reason) => failure(server, `could not fork: ${reason}`));
    }
  });
  const pulse = startPulse(options.clock, () => line.send({ op: "ping" }), server.kill);
  const processes = new ForkedProcesses(server.outputs, line.send, pulse.ask);
  let isClosing = false;
  void server.exited.then((exit) => {
    const how = `ended (${exit.signal ?? `exit code ${exit.exitCode}`})`;
    pulse.stop();
    processes.abandon(failure(server, how));
    ready.reject(startFailure(server, how));
    if (!isClosing) failed.resolve(failure(server, how));
  });
  const close = async (): Promise<void> => {
    isClosing = true;
    line.close();
    await server.end();
    await server.exited;
  };
  try {
    const { path, env: found } = await untilReady(server, ready.promise, options);
    return {
      pid: server.pid,
      path,
      get kernelCount() {
        return processes.size;
      },
      fork(launch) {
        const forked = processes.fork(launch, forkEnvironment(launch.env, server.env, found));
        pulse.ask();
        return forked;
      },
      failed: failed.promise,
      [Symbol.asyncDispose]: close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

type Ready = Extract<ForkServerEvent, { readonly event: "ready" }>;

/** Waits for readiness no longer than the start may take. */
async function untilReady(
  server: ForkServerProcess,
  ready: Promise<Ready>,
  { clock, startTimeoutMs, signal }: ForkServerOptions,
): Promise<Ready> {
  const over = Promise.withResolvers<never>();
  const timer = clock.after(startTimeoutMs, () => {
    over.reject(startFailure(server, `was not ready within ${startTimeoutMs} ms`));
  });
  const abort = (): void => over.reject(failure(server, "is not needed any longer"));
  if (signal.aborted) abort();
  signal.addEventListener("abort", abort, { once: true });
  try {
    return await Promise.race([ready, over.promise]);
  } finally {
    timer.cancel();
    signal.removeEventListener("abort", abort);
  }
}

/** A failure whose cause is likely to be the last thing that the fork server wrote. */
function startFailure(server: ForkServerProcess, what: string): KernelError {
  const lastLine = server.lastWords().split("\n").at(-1) ?? "";
  return failure(server, lastLine === "" ? what : `${what}: ${lastLine}`);
}

function failure(server: ForkServerProcess, what: string): KernelError {
  return new KernelError("FORK_SERVER_FAILED", `the fork server (process ${server.pid}) ${what}`, {
    details: { pid: server.pid, output: server.lastWords() },
  });
}
