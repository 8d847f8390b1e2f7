/** The time of a pool, so that a test can move it. */
export interface PoolClock {
  /** Milliseconds since some moment; never goes back. */
  now(): number;
  /** Calls `callback` once, `ms` from now, unless it is cancelled before. */
  after(ms: number, callback: () => void): PoolTimer;
}

/** A call that is due. */
export interface PoolTimer {
  cancel(): void;
}

/** The machine's clock. What waits for it does not keep the process alive. */
export const machineClock: PoolClock = {
  now: () => performance.now(),
  after(ms, callback) {
    const timer = setTimeout(callback, ms);
    timer.unref();
    return { cancel: () => clearTimeout(timer) };
  },
};
