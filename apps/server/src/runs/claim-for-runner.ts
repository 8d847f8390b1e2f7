import type { Claim, ClaimAnswer } from "@notemill/api";
import { RawJson } from "@notemill/json";
import { claimAttempts } from "@notemill/store";
import type { Platform } from "../platform.ts";

/** How long to wait for a notification before looking anyway, in milliseconds. */
const LOOK_MS = 1000;

/**
 * Gives a runner its next attempts, and waits for the first as long as the runner wants.
 *
 * @param gone - Aborts when the runner has hung up: what nobody would hear of is not claimed.
 */
export async function claimForRunner(
  { driver, leases, wakeups, draining, instance, now }: Platform,
  claim: Claim,
  gone: AbortSignal,
): Promise<ClaimAnswer> {
  const stop = AbortSignal.any([gone, draining]);
  const superseded = claim.started_by !== null && claim.started_by !== instance;
  const answer = { lease_ms: leases.leaseMs, heartbeat_ms: leases.heartbeatMs, superseded };
  const until = now().getTime() + claim.wait_ms;
  if (superseded) return { attempts: [], ...answer };
  while (!stop.aborted) {
    const { runner, limit } = claim;
    // Listened for before the look, so that nothing is missed between the two.
    const looked = new AbortController();
    const leftMs = until - now().getTime();
    const woken = wakeups.untilReady(Math.min(leftMs, LOOK_MS), AbortSignal.any([stop, looked.signal]));
    const claimed = await claimAttempts(driver, { runner, limit, now: now(), leaseMs: leases.leaseMs });
    if (claimed.length > 0) {
      looked.abort();
      const attempts = claimed.map((it) => ({
        id: it.id,
        run_id: it.runId,
        number: it.number,
        fence: it.fence,
        path: it.path,
        source_hash: it.sourceHash,
        kernel_name: it.kernelName,
        parameters: new RawJson(it.parameters),
      }));
      return { attempts, ...answer };
    }
    if (leftMs <= 0) break;
    await woken;
  }
  return { attempts: [], ...answer };
}
