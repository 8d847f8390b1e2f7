import { type Pruned, pruneSchema, type Retention, retentionQuerySchema } from "@notemill/api";
import type { PrunableRun } from "@notemill/store";
import type { FastifyInstance } from "fastify";
import type { Platform } from "../platform.ts";
import { DAY_MS, FAILED_LONGER, type RetentionPolicy } from "../retention/policy.ts";
import { pruneRuns } from "../retention/prune.ts";
import { type Walk, walkOldRuns, walkSurplusRuns } from "../retention/walks.ts";
import { readRequest } from "./read-request.ts";

/** The routes that tell which runs go, and let old ones go. */
export function retentionRoute(app: FastifyInstance, platform: Platform): void {
  app.get("/api/v1/retention", async (request): Promise<Retention> => {
    const { limit } = readRequest(retentionQuerySchema, request.query, "query");
    const { retention } = platform;
    const found = new Map<string, PrunableRun>();
    const walks = [walkOldRuns(platform, retention), walkSurplusRuns(platform, retention, { isDry: true })];
    for (const walk of walks) for (const run of await collect(walk, limit + 1)) found.set(run.id, run);
    return { policy: presentPolicy(retention), ...presentRuns([...found.values()], limit) };
  });
  app.post("/api/v1/retention", async (request): Promise<Pruned> => {
    const body = readRequest(pruneSchema, request.body, "body");
    const { older_than_days: days, keep_latest: keepLatest, limit } = body;
    const age = {
      runsMs: days * DAY_MS,
      failedRunsMs: (body.failed_older_than_days ?? days * FAILED_LONGER) * DAY_MS,
      keepLatest,
    };
    const runs = (await collect(walkOldRuns(platform, age), limit)).slice(0, limit);
    if (!body.dry_run) await pruneRuns(platform, runs);
    return { ...presentRuns(runs, limit), has_more: runs.length === limit };
  });
}

/** What a walk finds, until that is enough. */
async function collect(walk: Walk<PrunableRun>, enough: number): Promise<readonly PrunableRun[]> {
  const runs: PrunableRun[] = [];
  for (let isOver = false; !isOver && runs.length < enough;) {
    const part = await walk.next();
    runs.push(...part.found);
    ({ isOver } = part);
  }
  return runs;
}

function presentRuns(runs: readonly PrunableRun[], limit: number): Pruned {
  return {
    runs: runs.slice(0, limit).map(({ id, path, status, finishedAt }) => ({
      id,
      path,
      status,
      finished_at: finishedAt.toISOString(),
    })),
    has_more: runs.length > limit,
  };
}

function presentPolicy(policy: RetentionPolicy): Retention["policy"] {
  const days = (ms: number | null): number | null => (ms === null ? null : ms / DAY_MS);
  return {
    runs_days: days(policy.runsMs),
    failed_runs_days: days(policy.failedRunsMs),
    keep_latest: policy.keepLatest,
    most_runs: policy.mostRuns,
    most_failed_runs: policy.mostFailedRuns,
    messages_days: policy.messagesMs / DAY_MS,
  };
}
