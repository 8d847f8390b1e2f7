import { type AttemptFacts, parseWireJson, type ServerStatus } from "@notemill/api";
import { NOTEMILL_VERSION } from "@notemill/executor";
import {
  countWork,
  databaseBytes,
  listKeptKernels,
  listRunners,
  listUnderWay,
  newestFacts,
  newestFactsOf,
  oldestReadyAt,
  type RunUnderWay,
} from "@notemill/store";
import type { Platform } from "../platform.ts";
import { presentRun } from "../runs/present-run.ts";
import { memoryShares } from "./memory-shares.ts";
import { storeState } from "./store-state.ts";

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

/** How many runs are shown of those that run, and of those that wait. */
const SHOWN = 25;

/** Of so many of the newest attempts it is told what they took. */
const MEASURED = 500;

/** Of so many of the newest runs of one notebook it is told what they took. */
const MEASURED_OF_ONE = 100;

/** A run that takes so many times as long as usual takes long, if it takes a minute at all. */
const LONG = 3;

/** Looks how the server is. @param path - The notebook whose runs tell what they took; null for all. */
export async function serverStatus(platform: Platform, path: string | null): Promise<ServerStatus> {
  const { driver, mounts, now: clock, leases } = platform;
  const now = clock();
  const hereSince = new Date(now.getTime() - Math.max(leases.leaseMs, MINUTE_MS));
  const work = await countWork(driver, { now, runnersSince: hereSince });
  const runners = await listRunners(driver, new Date(now.getTime() - DAY_MS));
  const kernels = await listKeptKernels(driver, now);
  const running = await listUnderWay(driver, { statuses: ["starting", "running"], limit: SHOWN });
  const waiting = await listUnderWay(driver, { statuses: ["queued"], limit: SHOWN });
  const oldest = await oldestReadyAt(driver, now);
  const facts =
    path === null ? await newestFacts(driver, MEASURED) : await newestFactsOf(driver, path, MEASURED_OF_ONE);
  return {
    version: NOTEMILL_VERSION,
    time: now.toISOString(),
    database: { kind: driver.kind, bytes: await databaseBytes(driver) },
    queue: { ...work.runs, oldest_ready_at: oldest?.toISOString() ?? null },
    runners: runners.map(({ id, name, slots, version, busy, seenAt, leftAt }) => ({
      id,
      name,
      slots,
      busy,
      version,
      seen_at: seenAt.toISOString(),
      is_here: leftAt === null && seenAt >= hereSince,
      left_at: leftAt?.toISOString() ?? null,
    })),
    kept_kernels: kernels.map(({ runId, path, until }) => ({
      run_id: runId,
      path,
      until: until.toISOString(),
    })),
    under_way: [...running, ...waiting].map((it) => presentUnderWay(it, now)),
    overdue_schedules: work.overdue,
    outbox: { waiting: work.outbox.waiting, given_up: work.outbox.givenUp },
    memory: memoryShares(facts.flatMap(peakOf)),
    mounts: await Promise.all(
      mounts.map(async ({ prefix, store, isReadOnly }) => ({
        path: prefix,
        is_writable: isReadOnly !== true,
        ...(await storeState(store, now)),
      })),
    ),
    records: await storeState(platform.records, now),
  };
}

function presentUnderWay({ run, usualSeconds }: RunUnderWay, now: Date): ServerStatus["under_way"][number] {
  const tookMs = run.startedAt === null ? 0 : now.getTime() - run.startedAt.getTime();
  return {
    run: presentRun(run),
    usual_seconds: usualSeconds,
    is_long: usualSeconds !== null && tookMs > MINUTE_MS && tookMs > LONG * usualSeconds * 1000,
  };
}

function peakOf(facts: string): readonly number[] {
  const { resources } = parseWireJson(facts) as AttemptFacts;
  return resources === null || resources === undefined ? [] : [resources.peak_memory_bytes];
}
