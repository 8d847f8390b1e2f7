import { listRunsSchema, submitRunSchema } from "@notemill/api";
import { cancelRun, listAttempts, listRuns } from "@notemill/store";
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { Platform } from "../platform.ts";
import { RECORD_FORM } from "../records/record-form.ts";
import { manifestsInTime } from "../records/manifests-in-time.ts";
import { presentAttempt, presentRun } from "../runs/present-run.ts";
import { submitNotebook } from "../runs/submit-notebook.ts";
import { findRun, runNotFound } from "./find-run.ts";
import { followRoute } from "./follow-route.ts";
import { readRequest } from "./read-request.ts";

/** The routes of people and their programs: runs. */
export function runRoutes(app: FastifyInstance, platform: Platform): void {
  const { driver, now, newId, log } = platform;

  app.post("/api/v1/runs", async (request, reply) => {
    const body = readRequest(submitRunSchema, request.body, "body");
    const key = readRequest(KEY, request.headers["idempotency-key"] ?? null, "query");
    const { run } = await submitNotebook(platform, body, key);
    log.info({ run_id: run.id, path: run.path }, "run submitted");
    return reply.status(201).header("location", `/api/v1/runs/${run.id}`).send(presentRun(run));
  });

  app.get("/api/v1/runs", async (request) => {
    const { status, before, limit } = readRequest(listRunsSchema, request.query, "query");
    const runs = await listRuns(driver, {
      limit: limit + 1,
      ...(status === undefined ? {} : { status }),
      ...(before === undefined ? {} : { before }),
    });
    const page = runs.slice(0, limit);
    return { runs: page.map(presentRun), next: runs.length > limit ? (page.at(-1)?.id ?? null) : null };
  });

  app.get("/api/v1/runs/:id", async (request) => {
    const run = await findRun(platform, request.params);
    const attempts = await listAttempts(driver, run.id);
    return { ...presentRun(run), attempts: attempts.map(presentAttempt) };
  });

  app.post("/api/v1/runs/:id/cancel", async (request) => {
    const { id } = await findRun(platform, request.params);
    const ending = { now: now(), form: RECORD_FORM, nextAttemptId: newId(), failure: CANCELLED };
    const run = await cancelRun(driver, id, ending);
    await manifestsInTime(platform);
    return presentRun(run ?? runNotFound(id));
  });

  followRoute(app, platform);
}

const KEY = z.string().min(1).max(255).nullable();

/** The failure of a run that was cancelled while it waited, as JSON. */
const CANCELLED = JSON.stringify({
  code: "RUN_CANCELLED",
  message: "the run was cancelled before a runner had it",
  cell_id: null,
  cell_index: null,
  ename: null,
  evalue: null,
  traceback: [],
});
