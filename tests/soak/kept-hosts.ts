import { notemill } from "../support/cli.ts";
import type { RoundBed } from "./round.ts";

/**
 * Ends the kernels that were kept for runs of this round: those that have a lease, as a
 * run that has failed asks for. A host without one has to end by itself.
 */
export async function stopKeptHosts({ cwd, env }: RoundBed): Promise<void> {
  const { stdout } = await notemill(["kernels", "--json"], { cwd, env });
  const { kept } = JSON.parse(stdout) as {
    kept: { hostId: string; cwd: string; leaseUntil: string | null }[];
  };
  for (const host of kept) {
    if (host.cwd === cwd && host.leaseUntil !== null)
      await notemill(["kernels", "--stop", host.hostId], { cwd, env });
  }
}
