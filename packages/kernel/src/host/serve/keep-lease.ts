/** How long a kernel outlives its driver. */
export interface KeepLease {
  /** Milliseconds after the driver has gone; 0 for not at all. */
  readonly keepMs: number;
  /** When the lease ends; `null` while a driver is attached. */
  readonly until: Date | null;
  /** Sets the length, from now on if the lease is running. */
  grant(keepMs: number): void;
  /** Begins to count: there is no driver. */
  begin(): void;
  /** Stops counting: there is a driver. */
  suspend(): void;
}

/** The longest time a timer takes. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** Makes a lease that calls `onExpired` when it was counting for as long as it was granted. */
export function createKeepLease(keepMs: number, onExpired: () => void): KeepLease {
  let lengthMs = keepMs;
  let until: Date | null = null;
  let timer: NodeJS.Timeout | undefined;
  const count = (leftMs: number): void => {
    timer = setTimeout(
      () => (leftMs > LONGEST_TIMER_MS ? count(leftMs - LONGEST_TIMER_MS) : onExpired()),
      Math.min(leftMs, LONGEST_TIMER_MS),
    );
  };
  const begin = (): void => {
    clearTimeout(timer);
    until = new Date(Date.now() + lengthMs);
    if (lengthMs === 0) onExpired();
    else count(lengthMs);
  };
  return {
    get keepMs() {
      return lengthMs;
    },
    get until() {
      return until;
    },
    grant(ms) {
      lengthMs = ms;
      if (until !== null) begin();
    },
    begin,
    suspend() {
      clearTimeout(timer);
      until = null;
    },
  };
}
