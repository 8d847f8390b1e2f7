import { findKernelspecs, type Kernelspec } from "@notemill/kernel";
import { sqlKernelspec } from "@notemill/sql-kernel";

/** The kernels that this program brings with it. */
export function builtInKernelspecs(): readonly Kernelspec[] {
  return [sqlKernelspec(ownCommand())];
}

/** The kernels that can be run on this machine. */
export function installedKernelspecs(): Promise<readonly Kernelspec[]> {
  return findKernelspecs({ builtIns: builtInKernelspecs() });
}

/** The command that is this program. */
export function ownCommand(): readonly string[] {
  return [process.execPath, process.argv[1] ?? ""];
}
