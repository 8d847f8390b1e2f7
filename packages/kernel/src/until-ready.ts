import type { KernelInfo } from "@notemill/messaging";
import type { KernelClient } from "./kernel-client.ts";
import { KernelError } from "./kernel-error.ts";
import type { KernelProcess } from "./kernel-process.ts";
import { waitUntilReady } from "./wait-until-ready.ts";

/** What a start may take. */
export interface StartLimits {
  /** The kernelspec's name, for messages. */
  readonly name: string;
  readonly startTimeoutMs: number;
  readonly signal: AbortSignal | undefined;
}

/**
 * Waits for readiness no longer than the start may take, and not beyond the process's death.
 *
 * @throws {@link KernelError} `KERNEL_START_FAILED`, `KERNEL_START_TIMED_OUT`, `KERNEL_START_ABORTED`.
 */
export async function untilReady(
  client: KernelClient,
  process: KernelProcess,
  limits: StartLimits,
): Promise<KernelInfo> {
  const { name, startTimeoutMs, signal } = limits;
  const over = Promise.withResolvers<never>();
  const abort = (): void => {
    const message = `the start of kernel "${name}" was aborted`;
    over.reject(new KernelError("KERNEL_START_ABORTED", message, { cause: signal?.reason }));
  };
  const timer = setTimeout(() => {
    const message = `kernel "${name}" was not ready within ${startTimeoutMs} ms`;
    over.reject(startError("KERNEL_START_TIMED_OUT", message, process, { name, startTimeoutMs }));
  }, startTimeoutMs);
  if (signal?.aborted) abort();
  signal?.addEventListener("abort", abort, { once: true });
  void process.exited.then((exit) => {
    const how = exit.signal ?? `exit code ${exit.exitCode}`;
    const message = `kernel "${name}" ended before it was ready (${how})`;
    over.reject(startError("KERNEL_START_FAILED", message, process, { name, ...exit }));
  });
  try {
    return await Promise.race([waitUntilReady(client), over.promise]);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", abort);
    // One that comes now has nobody to tell.
    over.promise.catch(() => {});
  }
}

function startError(
  code: "KERNEL_START_FAILED" | "KERNEL_START_TIMED_OUT",
  message: string,
  process: KernelProcess,
  details: Readonly<Record<string, unknown>>,
): KernelError {
  const stderr = process.lastWords();
  const lastLine = stderr.split("\n").at(-1) ?? "";
  return new KernelError(code, lastLine === "" ? message : `${message}: ${lastLine}`, {
    details: { ...details, stderr },
  });
}
