import {
  retrySweepSchema,
  type SweepChild,
  type SweepPage,
  submitSweepSchema,
  sweepQuerySchema,
} from "@notemill/api";
import { RawJson } from "@notemill/json";
import { countChildren, listChildren, type StoredChild } from "@notemill/store";
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { Platform } from "../platform.ts";
import { presentFailure, presentRun, presentStartedRun } from "../runs/present-run.ts";
import { findSweep, retrySweep, startSweep } from "../sweeps/start-sweep.ts";
import { findRun } from "./find-run.ts";
import { LARGE_BODY } from "./body-limits.ts";
import { readRequest } from "./read-request.ts";
import { askingRun } from "../access/asker.ts";

const KEY = z.string().min(1).max(255).nullable();

/** The routes of sweeps. */
export function sweepRoutes(app: FastifyInstance, platform: Platform): void {
  const { driver, log } = platform;

  app.post("/api/v1/sweeps", LARGE_BODY, async (request, reply) => {
    const body = readRequest(submitSweepSchema, request.body, "body");
    const key = readRequest(KEY, request.headers["idempotency-key"] ?? null, "query");
    const asked = await startSweep(platform, body, {
      idempotencyKey: key,
      startedBy: askingRun(request),
    });
    const { run } = asked;
    log.info({ run_id: run.id, path: run.path }, "sweep submitted");
    void reply.status(201).header("location", `/api/v1/runs/${run.id}`);
    return reply.send(presentStartedRun(asked));
  });

  app.get("/api/v1/sweeps/:id", async (request): Promise<SweepPage> => {
    const run = await findRun(platform, request.params);
    const { after, limit } = readRequest(sweepQuerySchema, request.query, "query");
    const sweep = await findSweep(platform, run);
    const { total, concurrency } = sweep;
    const counts = await countChildren(driver, run.id);
    const started = Object.values(counts).reduce((sum, count) => sum + count, 0);
    const children = await listChildren(driver, run.id, { after, limit: limit + 1 });
    const page = children.slice(0, limit);
    return {
      run: presentRun(run),
      total,
      concurrency,
      on_failure: sweep.stopOnFailure ? "stop" : "continue",
      counts: started < total ? { ...counts, not_started: total - started } : counts,
      children: page.map(presentChild),
      next: children.length > limit ? (page.at(-1)?.index ?? null) : null,
    };
  });

  app.post("/api/v1/sweeps/:id/retry", async (request, reply) => {
    const parent = await findRun(platform, request.params);
    const body = readRequest(retrySweepSchema, request.body ?? {}, "body");
    const key = readRequest(KEY, request.headers["idempotency-key"] ?? null, "query");
    const run = await retrySweep(platform, parent, body, key);
    log.info({ run_id: run.id, path: run.path, rerun_of: parent.id }, "sweep submitted");
    return reply.status(201).header("location", `/api/v1/runs/${run.id}`).send(presentRun(run));
  });
}

function presentChild(child: StoredChild): SweepChild {
  return {
    index: child.index,
    run_id: child.runId,
    status: child.status ?? "not_started",
    is_kept: child.isKept,
    parameters: new RawJson(child.parameters),
    metrics: child.metrics === null ? null : new RawJson(child.metrics),
    seconds: child.seconds,
    failure: presentFailure(child.failure),
  };
}
