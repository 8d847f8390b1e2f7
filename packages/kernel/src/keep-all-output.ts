import type { KernelInfo } from "@notemill/messaging";
import type { KernelClient } from "./kernel-client.ts";

/** How long a kernel that has just answered may take for it, in milliseconds. */
const TIMEOUT_MS = 5_000;

/**
 * Asks a kernel to drop no output, where it can be asked.
 *
 * ipykernel's iopub socket silently drops what its subscriber has not taken of
 * the last 1,000 messages; on a busy machine (six busy loops on two cores) that
 * was 292 of 60,000 lines printed one by one. ZeroMQ lets the mark be lifted
 * while the socket is in use, on the thread that it belongs to. What bounds the
 * memory instead is that a kernel whose readers are behind is stopped for a while.
 */
export async function keepAllOutput(client: KernelClient, info: KernelInfo): Promise<void> {
  if (info.implementation !== "ipython") return;
  const execution = client.execute(LIFT_MARK, { silent: true, stopOnError: false, timeoutMs: TIMEOUT_MS });
  try {
    // To its end, so that nobody sees messages of what he did not ask for.
    for await (const _message of execution);
  } catch {
    // A kernel that has died meanwhile says so to whatever it is asked next.
  }
}

/** Binds no name, and does nothing where ipykernel is built otherwise. */
const LIFT_MARK = `
try:
    (lambda thread: thread.schedule(lambda: thread.socket.setsockopt(__import__("zmq").SNDHWM, 0)))(
        get_ipython().kernel.iopub_thread
    )
except Exception:
    pass
`;
