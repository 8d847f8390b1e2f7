import { KernelError } from "../kernel-error.ts";
import type { StartKernelOptions } from "../start-kernel.ts";
import type { PoolClock } from "./pool-clock.ts";

/**
 * Waits for `promise` as long as the start of a kernel may take and is wanted.
 *
 * @throws {@link KernelError} `KERNEL_START_ABORTED`, `KERNEL_START_TIMED_OUT`
 */
export async function waitForStart<T>(
  promise: Promise<T>,
  { kernelspec: { name }, signal, startTimeoutMs = 60_000 }: StartKernelOptions,
  clock: PoolClock,
): Promise<T> {
  const over = Promise.withResolvers<never>();
  const timer = clock.after(startTimeoutMs, () => {
    const message = `kernel "${name}" was not ready within ${startTimeoutMs} ms`;
    over.reject(new KernelError("KERNEL_START_TIMED_OUT", message, { details: { name, startTimeoutMs } }));
  });
  const abort = (): void => {
    const message = `the start of kernel "${name}" was aborted`;
    over.reject(new KernelError("KERNEL_START_ABORTED", message, { cause: signal?.reason }));
  };
  if (signal?.aborted) abort();
  signal?.addEventListener("abort", abort, { once: true });
  try {
    return await Promise.race([promise, over.promise]);
  } finally {
    timer.cancel();
    signal?.removeEventListener("abort", abort);
  }
}
