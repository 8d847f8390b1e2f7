import { KernelError } from "../kernel-error.ts";

/**
 * Waits for `promise`, but no longer than until `signal` fires.
 *
 * @throws {@link KernelError} `KERNEL_START_ABORTED`
 */
export async function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return promise;
  const aborted = Promise.withResolvers<never>();
  const abort = (): void => {
    aborted.reject(
      new KernelError("KERNEL_START_ABORTED", "the start of the kernel was aborted", {
        cause: signal.reason,
      }),
    );
  };
  if (signal.aborted) abort();
  signal.addEventListener("abort", abort, { once: true });
  try {
    return await Promise.race([promise, aborted.promise]);
  } finally {
    signal.removeEventListener("abort", abort);
  }
}
