import { readKernelInfo } from "@notemill/messaging";
import type { KernelInfo } from "@notemill/messaging";
import type { KernelClient } from "./kernel-client.ts";

/**
 * Waits until the kernel answers and its iopub channel reaches us.
 *
 * A subscription takes effect some time after the socket has connected, and
 * what a kernel publishes before is lost. So each reply that finds the iopub
 * channel still silent is followed by another request, whose status messages
 * are what we wait for; newer kernels greet a subscriber by themselves.
 */
export async function waitUntilReady(client: KernelClient): Promise<KernelInfo> {
  const heard = Promise.withResolvers<void>();
  let isLive = false;
  const stop = client.onIopub(() => {
    isLive = true;
    heard.resolve();
  });
  try {
    for (;;) {
      const info = readKernelInfo(await client.request("shell", "kernel_info_request", {}));
      if (isLive) return info;
    }
  } finally {
    stop();
  }
}
