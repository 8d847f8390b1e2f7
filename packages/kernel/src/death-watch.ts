import type { KernelChannels } from "./kernel-channels.ts";
import type { KernelProcess } from "./kernel-process.ts";
import type { KernelDeath } from "./kernel.ts";
import type { Watchdog } from "./watchdog.ts";

/** A watch over the life of a kernel's process. */
export interface DeathWatch {
  /** Resolves when the process ends before {@link DeathWatch.expectEnd} was called, and all it said is delivered. */
  readonly died: Promise<KernelDeath>;
  /** Kills the kernel, and gives that reason for its death. */
  kill(reason: "heartbeat" | "watchdog"): void;
  /** Says that the process is to end from now on. */
  expectEnd(): void;
}

/** Watches over a kernel that has just been launched. */
export function watchForDeath(
  process: KernelProcess,
  watchdog: Pick<Watchdog, "killed">,
  channels: KernelChannels,
): DeathWatch {
  const died = Promise.withResolvers<KernelDeath>();
  let isExpected = false;
  let reason: KernelDeath["reason"] = "exited";
  const kill = (why: "heartbeat" | "watchdog"): void => {
    reason = why;
    process.signalGroup("SIGKILL");
  };
  void watchdog.killed.then(() => {
    // A kernel without a watchdog might outlive us; nobody promised its user that.
    if (!isExpected) kill("watchdog");
  });
  void process.exited.then(async (exit) => {
    if (isExpected) return;
    // Its children are nobody's now, and hold its sockets open.
    process.signalGroup("SIGKILL");
    await channels.drain?.();
    died.resolve({ reason, ...exit });
  });
  return {
    died: died.promise,
    kill,
    expectEnd() {
      isExpected = true;
    },
  };
}
