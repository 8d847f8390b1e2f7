import type { Claim, ClaimAnswer, RunSettings } from "@notemill/api";
import { RawJson } from "@notemill/json";
import { claimAttempts, giveUpClaims } from "@notemill/store";
import type { Platform } from "../platform.ts";
import { manifestsInTime } from "../records/manifests-in-time.ts";
import { RECORD_FORM } from "../records/record-form.ts";
import { secretsFor } from "../secrets/use-secrets.ts";
import { readSettings } from "./present-run.ts";

/** How long to wait for a notification before looking anyway, in milliseconds. */
const LOOK_MS = 1000;

/** How many attempts go into one answer, with the parameters of all; a runner that has more room asks again. */
const MOST_AT_ONCE = 200;

/**
 * Gives a runner its next attempts, and waits for the first as long as the runner wants.
 *
 * @param options.gone - Aborts when the runner has hung up: what nobody would hear of is not claimed.
 * @param options.askedWith - The token of the runner, as `RunnerTies` know it.
 */
export async function claimForRunner(
  platform: Platform,
  claim: Claim,
  { gone, askedWith }: { readonly gone: AbortSignal; readonly askedWith: string },
): Promise<ClaimAnswer> {
  const { driver, leases, wakeups, draining, instance, now, newId, advancing, metrics, log } = platform;
  const stop = AbortSignal.any([gone, draining]);
  const superseded = claim.started_by !== null && claim.started_by !== instance;
  const answer = { lease_ms: leases.leaseMs, heartbeat_ms: leases.heartbeatMs, superseded };
  const askedAt = now().getTime();
  const until = askedAt + Math.min(claim.wait_ms, platform.longestWaitMs);
  if (superseded) return { attempts: [], waited_ms: 0, ...answer };
  while (!stop.aborted) {
    const { runner } = claim;
    const limit = Math.min(claim.limit, MOST_AT_ONCE);
    // Listened for before the look, so that nothing is missed between the two.
    const looked = new AbortController();
    const leftMs = until - now().getTime();
    const woken = wakeups.untilReady(Math.min(leftMs, LOOK_MS), AbortSignal.any([stop, looked.signal]));
    const claimedAt = now();
    const claimed = await claimAttempts(driver, {
      runner,
      askedWith,
      limit,
      now: claimedAt,
      leaseMs: leases.leaseMs,
    });
    if (claimed.length > 0) looked.abort();
    if (claimed.length > 0 && gone.aborted) {
      const holdings = claimed.map(({ id, fence }) => ({ attemptId: id, fence }));
      const ending = { now: now(), newId, failure: UNHEARD, form: RECORD_FORM, advancing };
      await giveUpClaims(driver, holdings, ending);
      await manifestsInTime(platform);
      break;
    }
    if (claimed.length > 0) {
      for (const { id, runId, number, readyAt } of claimed) {
        metrics.claimed(Math.max(0, claimedAt.getTime() - readyAt.getTime()));
        log.info({ run_id: runId, attempt: number, attempt_id: id, runner: runner.name }, "attempt claimed");
      }
      const secrets = await Promise.all(claimed.map((it) => secretsOrNone(platform, it)));
      const attempts = claimed.map((it, at) => ({
        ...limitsOf(readSettings(it)),
        id: it.id,
        resumes: it.resumes,
        run_id: it.runId,
        number: it.number,
        fence: it.fence,
        path: it.path,
        source_hash: it.sourceHash,
        kernel_name: it.kernelName,
        parameters: new RawJson(it.parameters),
        secrets: secrets[at] ?? [],
        traceparent: platform.tracing.traceparentOf(it),
        token: platform.runTokens.make({ attemptId: it.id, fence: it.fence }),
      }));
      return { attempts, waited_ms: Math.max(0, claimedAt.getTime() - askedAt), ...answer };
    }
    if (leftMs <= 0) break;
    await woken;
  }
  return { attempts: [], waited_ms: 0, ...answer };
}

/** What of the settings of a run is the runner's to keep to. */
function limitsOf({ timeouts, keep_kernel_ms, memory_bytes, cpus }: RunSettings): RunLimits {
  return { timeouts, keep_kernel_ms, memory_bytes, cpus };
}

type RunLimits = Pick<RunSettings, "timeouts" | "keep_kernel_ms" | "memory_bytes" | "cpus">;

/** A claim is not given up for a secret that cannot be had: the runner fails the attempt, which says so. */
async function secretsOrNone(
  platform: Platform,
  attempt: Parameters<typeof secretsFor>[1],
): ReturnType<typeof secretsFor> {
  try {
    return await secretsFor(platform, attempt);
  } catch (error) {
    platform.report("the secrets of an attempt cannot be had", error);
    return [];
  }
}

/** The failure of an attempt that was claimed for a runner that had hung up, as JSON. */
const UNHEARD = JSON.stringify({
  code: "RUNNER_LOST",
  message: "the runner hung up before it had the attempt",
  cell_id: null,
  cell_index: null,
  ename: null,
  evalue: null,
  traceback: [],
});
