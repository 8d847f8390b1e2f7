import { KernelError } from "./kernel-error.ts";
import type { KernelLife } from "./kernel-life.ts";
import type { ShutdownOptions } from "./kernel.ts";

/** How long a kernel may take to end before it is made to, in milliseconds. */
const GRACE_MS = { request: 2_500, terminate: 2_500 };

/** Ends a kernel's process, and clears up. Requests under way fail with `KERNEL_CLOSED`, which says `why`. */
export async function endLife(
  life: KernelLife,
  mode: NonNullable<ShutdownOptions["mode"]>,
  why: string,
): Promise<void> {
  life.expectEnd();
  if (mode === "graceful") await endGently(life);
  await life.end(new KernelError("KERNEL_CLOSED", why));
}

/** Asks the kernel to end, then tells it to; whoever calls this kills what remains. */
async function endGently(life: KernelLife): Promise<void> {
  // A kernel that executes code would look at the request only after that.
  if (life.client.isBusy) life.process.signalGroup("SIGINT");
  life.client.send("control", "shutdown_request", { restart: false });
  if (await endsWithin(life, GRACE_MS.request)) return;
  life.process.signalGroup("SIGTERM");
  await endsWithin(life, GRACE_MS.terminate);
}

async function endsWithin(life: KernelLife, ms: number): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const timer = setTimeout(() => resolve(false), ms);
  void life.process.exited.then(() => resolve(true));
  const hasEnded = await promise;
  clearTimeout(timer);
  return hasEnded;
}
