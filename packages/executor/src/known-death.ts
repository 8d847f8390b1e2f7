import type { Kernel, KernelDeath } from "@notemill/kernel";

/** How a kernel died, as far as that is known by now; `undefined` while it lives. */
export function knownDeath({ died }: Kernel): Promise<KernelDeath | undefined> {
  const now = new Promise<undefined>((resolve) => void setImmediate(() => resolve(undefined)));
  return Promise.race([died, now]);
}
