/** Time as the executor sees it; tests bring their own. */
export interface Clock {
  /** Milliseconds since 1970, with a fraction. */
  now(): number;
  /** Calls back once after `ms`; gives a function that calls it off. A waiting call keeps no process alive. */
  after(ms: number, callback: () => void): () => void;
}

/** The clock of the machine, in microseconds. */
export const systemClock: Clock = {
  now: () => performance.timeOrigin + performance.now(),
  after(ms, callback) {
    const timer = setTimeout(callback, ms);
    timer.unref();
    return () => clearTimeout(timer);
  },
};
