import type { KernelProcess } from "./kernel-process.ts";

/** Stops a kernel while those who read its outputs are behind. */
export interface Throttle {
  /** Told when readers fall behind (`true`) and when they have caught up. */
  readonly onBacklog: (isLong: boolean) => void;
  /** Lets the kernel run, whoever is behind. */
  lift(): void;
}

/** What is done with the kernel. */
export interface ThrottleOptions {
  readonly process: Pick<KernelProcess, "signalGroup">;
  readonly onStop: () => void;
  readonly onGo: () => void;
  /** How long readers may take before memory is used rather than a hang risked. Default 5,000 ms. */
  readonly patienceMs?: number;
}

/**
 * Makes a throttle that stops the kernel's process group by SIGSTOP.
 *
 * ZeroMQ has no way to make a publisher wait: it keeps messages in memory or
 * drops them. A stopped process does neither. A reader that waits for something
 * which only a running kernel can give gets it when the patience is over.
 */
export function createThrottle(options: ThrottleOptions): Throttle {
  const { process, onStop, onGo, patienceMs = 5_000 } = options;
  let patience: NodeJS.Timeout | undefined;
  let isStopped = false;
  let isLifted = false;
  const go = (): void => {
    clearTimeout(patience);
    if (!isStopped) return;
    isStopped = false;
    process.signalGroup("SIGCONT");
    onGo();
  };
  return {
    onBacklog(isLong) {
      if (!isLong) return go();
      if (isStopped || isLifted) return;
      isStopped = true;
      onStop();
      process.signalGroup("SIGSTOP");
      patience = setTimeout(go, patienceMs);
    },
    lift() {
      isLifted = true;
      go();
    },
  };
}
