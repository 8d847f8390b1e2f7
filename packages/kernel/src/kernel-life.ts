import { randomUUID } from "node:crypto";
import { rm } from "node:fs/promises";
import type { KernelInfo } from "@notemill/messaging";
import type { KernelChannels, OpenChannels } from "./kernel-channels.ts";
import { deathError } from "./death-error.ts";
import { KernelClient } from "./kernel-client.ts";
import { kernelCommand } from "./kernel-command.ts";
import { KernelError } from "./kernel-error.ts";
import { writePlace } from "./kernel-place.ts";
import type { KernelPlace } from "./kernel-place.ts";
import type { KernelProcess, LaunchProcess } from "./kernel-process.ts";
import type { KernelDeath } from "./kernel.ts";
import type { StartKernelOptions } from "./start-kernel.ts";
import { waitUntilReady } from "./wait-until-ready.ts";
import { startWatchdog } from "./watchdog.ts";
import type { Watchdog } from "./watchdog.ts";
import { openZeromqChannels } from "./zeromq-channels.ts";

/** One process of a kernel with everything that belongs to it, from its start to its end. */
export interface KernelLife {
  readonly place: KernelPlace;
  readonly process: KernelProcess;
  readonly client: KernelClient;
  readonly info: KernelInfo;
  /** Resolves when the process ends before {@link KernelLife.end} was called. */
  readonly died: Promise<KernelDeath>;
  /** Says that the process is expected to end from now on. */
  expectEnd(): void;
  /** Kills what is left of the kernel and clears up. Requests under way fail with `error`. */
  end(error: Error): Promise<void>;
}

/** Starts a kernel's process and waits until it is ready. */
export async function startKernelLife(
  options: StartKernelOptions,
  place: KernelPlace,
  launch: LaunchProcess,
  openChannels: OpenChannels = openZeromqChannels,
): Promise<KernelLife> {
  await writePlace(place);
  const kernelId = randomUUID();
  const watchdog = startWatchdog({ kernelId, directory: place.directory });
  let channels: KernelChannels | undefined;
  try {
    const process = await launch({
      argv: kernelCommand(options.kernelspec, place.connectionFile),
      cwd: options.cwd,
      env: { ...options.env, ...options.kernelspec.env, ...kernelEnvironment(kernelId) },
      watchdog,
      onOutput: options.onProcessOutput ?? (() => {}),
    });
    const client = new KernelClient();
    channels = openChannels(place.connection, { onMessage: (message) => client.receive(message) });
    client.attach(channels);
    const watch = watchForDeath(process, watchdog, client);
    const info = await untilReady(options, process, client);
    return {
      place,
      process,
      client,
      info,
      died: watch.died,
      expectEnd: watch.expectEnd,
      async end(error) {
        watch.expectEnd();
        client.end(error);
        await clearUp(place, watchdog, channels);
        await process.exited;
      },
    };
  } catch (error) {
    await clearUp(place, watchdog, channels);
    throw error;
  }
}

async function clearUp(place: KernelPlace, watchdog: Watchdog, channels?: KernelChannels): Promise<void> {
  channels?.close();
  await watchdog.release();
  // The watchdog has done this already, unless it was killed.
  await rm(place.directory, { recursive: true, force: true });
}

function kernelEnvironment(kernelId: string): Record<string, string> {
  // ipykernel ends itself when this process is no longer its parent.
  return { JPY_PARENT_PID: String(process.pid), NOTEMILL_KERNEL_ID: kernelId };
}

/** Waits for readiness no longer than the start may take, and not beyond the process's death. */
async function untilReady(
  options: StartKernelOptions,
  process: KernelProcess,
  client: KernelClient,
): Promise<KernelInfo> {
  const { signal, startTimeoutMs = 60_000 } = options;
  const name = options.kernelspec.name;
  const over = Promise.withResolvers<never>();
  const abort = (): void =>
    over.reject(
      new KernelError("KERNEL_START_ABORTED", `the start of kernel "${name}" was aborted`, {
        cause: signal?.reason,
      }),
    );
  const timer = setTimeout(() => {
    const message = `kernel "${name}" was not ready within ${startTimeoutMs} ms`;
    over.reject(startError("KERNEL_START_TIMED_OUT", message, process, { name, startTimeoutMs }));
  }, startTimeoutMs);
  if (signal?.aborted) abort();
  signal?.addEventListener("abort", abort, { once: true });
  void process.exited.then((exit) => {
    const message = `kernel "${name}" ended before it was ready (${exit.signal ?? `exit code ${exit.exitCode}`})`;
    over.reject(startError("KERNEL_START_FAILED", message, process, { name, ...exit }));
  });
  try {
    return await Promise.race([waitUntilReady(client), over.promise]);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", abort);
  }
}

function startError(
  code: "KERNEL_START_FAILED" | "KERNEL_START_TIMED_OUT",
  message: string,
  process: KernelProcess,
  details: Readonly<Record<string, unknown>>,
): KernelError {
  const stderr = process.lastWords();
  const lastLine = stderr.split("\n").at(-1) ?? "";
  return new KernelError(code, lastLine === "" ? message : `${message}: ${lastLine}`, {
    details: { ...details, stderr },
  });
}

interface DeathWatch {
  readonly died: Promise<KernelDeath>;
  expectEnd(): void;
}

/** Fails the client when the process ends unasked, or has lost its watchdog. */
function watchForDeath(process: KernelProcess, watchdog: Watchdog, client: KernelClient): DeathWatch {
  const died = Promise.withResolvers<KernelDeath>();
  let isExpected = false;
  let reason: KernelDeath["reason"] = "exited";
  void watchdog.killed.then(() => {
    // A kernel without a watchdog might outlive us; nobody promised its user that.
    reason = "watchdog";
    process.signalGroup("SIGKILL");
  });
  void process.exited.then((exit) => {
    if (isExpected) return;
    const death = { reason, ...exit };
    client.end(deathError(death));
    died.resolve(death);
  });
  return {
    died: died.promise,
    expectEnd() {
      isExpected = true;
    },
  };
}
