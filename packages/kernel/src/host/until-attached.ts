import type { HostConnection } from "./host-connection.ts";
import type { Attached, HostDriver } from "./host-driver.ts";

/** How long to wait for a host, and what to say when it was in vain. */
export interface UntilAttachedOptions {
  readonly timeoutMs: number;
  readonly signal: AbortSignal | undefined;
  readonly timedOut: (timeoutMs: number) => Error;
  readonly aborted: (cause: unknown) => Error;
  /** The host ended the connection and did not say why. */
  readonly closed: () => Error | Promise<Error>;
}

/** Waits until a host has taken a driver, or fails with what kept it from that. */
export async function untilAttached(
  driver: HostDriver,
  connection: HostConnection,
  options: UntilAttachedOptions,
): Promise<Attached> {
  const { timeoutMs, signal, timedOut, aborted, closed } = options;
  const over = Promise.withResolvers<never>();
  const abort = (): void => over.reject(aborted(signal?.reason));
  const timer = setTimeout(() => over.reject(timedOut(timeoutMs)), timeoutMs);
  if (signal?.aborted) abort();
  signal?.addEventListener("abort", abort, { once: true });
  const lost = Promise.withResolvers<never>();
  let isWaiting = true;
  void connection.closed.then(async (failure) => {
    // The end of a connection that was made is not the business of who waited for it.
    if (isWaiting) lost.reject(failure ?? (driver.bye instanceof Error ? driver.bye : await closed()));
  });
  try {
    return await Promise.race([driver.attached, over.promise, lost.promise]);
  } finally {
    isWaiting = false;
    clearTimeout(timer);
    signal?.removeEventListener("abort", abort);
    lost.promise.catch(() => {});
    over.promise.catch(() => {});
  }
}
