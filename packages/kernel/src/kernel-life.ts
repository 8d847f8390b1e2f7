import { randomUUID } from "node:crypto";
import { rm } from "node:fs/promises";
import type { KernelInfo } from "@notemill/messaging";
import { MessagingError } from "@notemill/messaging";
import { deathError } from "./death-error.ts";
import { watchForDeath } from "./death-watch.ts";
import type { DeathWatch } from "./death-watch.ts";
import { beatsWhileBusy, watchHeartbeat } from "./heartbeat.ts";
import type { Heartbeat } from "./heartbeat.ts";
import { keepAllOutput } from "./keep-all-output.ts";
import type { KernelChannels, OpenChannels } from "./kernel-channels.ts";
import { KernelClient } from "./kernel-client.ts";
import { kernelCommand } from "./kernel-command.ts";
import { kernelEnvironment } from "./kernel-environment.ts";
import { executionHabits } from "./kernel-quirks.ts";
import { writePlace } from "./kernel-place.ts";
import type { KernelPlace } from "./kernel-place.ts";
import type { KernelProcess, LaunchProcess } from "./kernel-process.ts";
import type { KernelDeath } from "./kernel.ts";
import type { StartKernelOptions } from "./start-kernel.ts";
import { createThrottle } from "./throttle.ts";
import type { Throttle } from "./throttle.ts";
import { untilReady } from "./until-ready.ts";
import { startWatchdog } from "./watchdog.ts";
import type { Watchdog } from "./watchdog.ts";
import { openZeromqChannels } from "./zeromq-channels.ts";

/** One process of a kernel with everything that belongs to it, from its start to its end. */
export interface KernelLife {
  readonly place: KernelPlace;
  readonly process: KernelProcess;
  readonly client: KernelClient;
  readonly info: KernelInfo;
  /** Resolves when the process ends before {@link KernelLife.expectEnd} was called. */
  readonly died: Promise<KernelDeath>;
  /** Says that the process is to end from now on, and lets it do so. */
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
  const { kernelspec, signal, startTimeoutMs = 60_000, onProcessOutput = () => {} } = options;
  await writePlace(place);
  const kernelId = randomUUID();
  const watchdog = startWatchdog({ kernelId, directory: place.directory });
  let channels: KernelChannels | undefined;
  let watch: DeathWatch | undefined;
  let heartbeat: Heartbeat | undefined;
  let throttle: Throttle | undefined;
  try {
    const process = await launch({
      argv: kernelCommand(kernelspec, place.connectionFile),
      cwd: options.cwd,
      env: kernelEnvironment(options.env, kernelspec.env, kernelId),
      watchdog,
      cgroup: options.cgroup,
      onOutput: onProcessOutput,
    });
    throttle = createThrottle({
      process,
      onStop: () => heartbeat?.pause(),
      onGo: () => heartbeat?.resume(),
    });
    const client = new KernelClient({
      onBacklog: throttle.onBacklog,
      habits: () => executionHabits(kernelspec),
    });
    channels = openChannels(place.connection, {
      onMessage: (message) => client.receive(message),
      onRejected: (error) => noteLoss(client, error),
      onCut: () => client.loseSome("disconnected"),
    });
    client.attach(channels);
    const deaths = (watch = watchForDeath(process, watchdog, channels));
    void deaths.died.then((death) => {
      heartbeat?.stop();
      client.end(deathError(death));
    });
    const info = await untilReady(client, process, { name: kernelspec.name, startTimeoutMs, signal });
    await keepAllOutput(client, info);
    const beat = options.heartbeat ?? (beatsWhileBusy(info) ? {} : "off");
    if (beat !== "off") heartbeat = watchHeartbeat(place.connection, beat, () => deaths.kill("heartbeat"));
    const expectEnd = (): void => {
      deaths.expectEnd();
      heartbeat?.stop();
      throttle?.lift();
    };
    return {
      place,
      process,
      client,
      info,
      died: deaths.died,
      expectEnd,
      async end(error) {
        expectEnd();
        client.end(error);
        await clearUp(place, watchdog, channels);
        await process.exited;
      },
    };
  } catch (error) {
    watch?.expectEnd();
    await clearUp(place, watchdog, channels);
    throw error;
  }
}

/** A message that was dropped may have been an output. */
function noteLoss(client: KernelClient, error: Error): void {
  if (!(error instanceof MessagingError)) return;
  const parent = error.details["parent"];
  if (typeof parent === "string") client.lose(parent, "unreadable");
}

async function clearUp(place: KernelPlace, watchdog: Watchdog, channels?: KernelChannels): Promise<void> {
  channels?.close();
  await watchdog.release();
  // The watchdog has done this already, unless it was killed.
  await rm(place.directory, { recursive: true, force: true });
}
