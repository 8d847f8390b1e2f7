import type { KernelInfo } from "@notemill/messaging";
import { Dealer } from "zeromq";
import { channelAddress } from "./connection-info.ts";
import type { ConnectionInfo } from "./connection-info.ts";

/** How a kernel is asked whether it is frozen. */
export interface HeartbeatSettings {
  /** Milliseconds between two beats. Default 3,000. */
  readonly intervalMs?: number;
  /** How many beats in a row may be missed. Default 10. */
  readonly maxMissed?: number;
}

/** A watch over a kernel's heartbeat. */
export interface Heartbeat {
  /** Counts no missed beats: the kernel is stopped on purpose. */
  pause(): void;
  resume(): void;
  stop(): void;
}

/**
 * Whether a kernel answers its heartbeat while it executes code.
 *
 * The protocol wants it to; kernels with one thread, such as IRkernel, do not.
 * ipykernel and what is built on it beat in a thread that needs no lock of the
 * interpreter, so when that is silent the whole process has stopped.
 */
export function beatsWhileBusy(info: KernelInfo): boolean {
  return ["ipython", "bash_kernel", "notemill-sql"].includes(info.implementation);
}

/**
 * Calls `onFrozen` once when the kernel has missed too many beats.
 *
 * Beats are counted, and not time, so that a computer that sleeps does not count as a frozen kernel.
 */
export function watchHeartbeat(
  connection: ConnectionInfo,
  settings: HeartbeatSettings,
  onFrozen: () => void,
): Heartbeat {
  const { intervalMs = 3_000, maxMissed = 10 } = settings;
  const socket = new Dealer({ linger: 0, sendHighWaterMark: maxMissed + 1 });
  socket.connect(channelAddress(connection, "hb"));
  let missed = 0;
  let isPaused = false;
  const beat = (): void => {
    if (isPaused) return;
    if (missed >= maxMissed) {
      stop();
      onFrozen();
      return;
    }
    missed += 1;
    // A beat that cannot be sent is one that is missed.
    socket.send([EMPTY, BEAT]).catch(() => {});
  };
  const timer = setInterval(beat, intervalMs).unref();
  const stop = (): void => {
    clearInterval(timer);
    socket.close();
  };
  void listen(socket, () => {
    missed = 0;
  });
  beat();
  return {
    pause() {
      isPaused = true;
    },
    resume() {
      isPaused = false;
      missed = 0;
    },
    stop,
  };
}

async function listen(socket: Dealer, onAnswer: () => void): Promise<void> {
  try {
    for await (const _answer of socket) onAnswer();
  } catch (error) {
    // Closing it while it waits is how it ends.
    if (!socket.closed) throw error;
  }
}

/** What a REQ socket puts in front of a message. */
const EMPTY = Buffer.alloc(0);
const BEAT = Buffer.from("notemill");
