import { KernelError } from "./kernel-error.ts";
import type { KernelDeath } from "./kernel.ts";

/** The error of what waited for a kernel that died. */
export function deathError(death: KernelDeath): KernelError {
  const how = death.signal ?? `exit code ${death.exitCode}`;
  return new KernelError("KERNEL_DIED", `the kernel died (${how})`, { details: { ...death } });
}
