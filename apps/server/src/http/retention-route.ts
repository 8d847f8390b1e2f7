import { type Pruned, pruneSchema } from "@notemill/api";
import { prunableRuns, pruneRun } from "@notemill/store";
import type { FastifyInstance } from "fastify";
import type { Platform } from "../platform.ts";
import { buryRecords, tombstoneText } from "../records/bury-records.ts";
import { readRequest } from "./read-request.ts";

/** The route that lets old runs go. */
export function retentionRoute(app: FastifyInstance, { driver, records, now, log }: Platform): void {
  app.post("/api/v1/retention", async (request): Promise<Pruned> => {
    const body = readRequest(pruneSchema, request.body, "body");
    const at = now();
    const before = (days: number): Date => new Date(at.getTime() - days * DAY_MS);
    const runs = await prunableRuns(driver, {
      endedBefore: before(body.older_than_days),
      failedBefore: before(body.failed_older_than_days ?? body.older_than_days * FAILED_LONGER),
      keepLatest: body.keep_latest,
      limit: body.limit,
    });
    if (!body.dry_run) {
      for (const { id, path } of runs) {
        await pruneRun(driver, id, { now: at, tombstone: (record) => tombstoneText(record, at) });
        log.info({ run_id: id, path }, "run pruned");
      }
      await buryRecords(driver, records);
    }
    return {
      runs: runs.map(({ id, path, status, finishedAt }) => ({
        id,
        path,
        status,
        finished_at: finishedAt.toISOString(),
      })),
      has_more: runs.length === body.limit,
    };
  });
}

const DAY_MS = 86_400_000;

/** Runs that failed stay so many times longer, unless it is said how long. */
const FAILED_LONGER = 4;
