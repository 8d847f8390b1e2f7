import { listRunsSchema, rerunRunSchema, submitRunSchema } from "@notemill/api";
import {
  cancelRun,
  listAttempts,
  listRuns,
  repeatedBy,
  scrapsOfRun,
  triggerOfRun,
  warningsOfRun,
} from "@notemill/store";
import type { FastifyInstance, FastifyReply } from "fastify";
import { z } from "zod";
import { checkRun } from "../checks/check-run.ts";
import type { Platform } from "../platform.ts";
import { RECORD_FORM } from "../records/record-form.ts";
import { manifestsInTime } from "../records/manifests-in-time.ts";
import { failureText } from "../runs/failure-text.ts";
import { firstIdAt } from "../runs/first-id.ts";
import { waitingOf } from "../runs/waiting-of.ts";
import {
  presentAttempt,
  presentListedRun,
  presentMetrics,
  presentRun,
  presentStartedRun,
  presentTrigger,
  presentWarnings,
} from "../runs/present-run.ts";
import { rerun } from "../runs/rerun.ts";
import { type AskedRun, submitNotebook } from "../runs/submit-notebook.ts";
import { ServerError } from "../server-error.ts";
import { tendInTime } from "../sweeps/tend-sweep.ts";
import { findRun, runNotFound } from "./find-run.ts";
import { followRoutes } from "./follow-route.ts";
import { LARGE_BODY } from "./body-limits.ts";
import { readRequest } from "./read-request.ts";
import { askingRun } from "../access/asker.ts";

/** The routes of people and their programs: runs. */
export function runRoutes(app: FastifyInstance, platform: Platform): void {
  const { driver, now, newId, log, advancing, tracing } = platform;

  app.post("/api/v1/runs", LARGE_BODY, async (request, reply) => {
    const body = readRequest(submitRunSchema, request.body, "body");
    const key = readRequest(KEY, request.headers["idempotency-key"] ?? null, "query");
    const submit = tracing.submit(request.headers["traceparent"]?.toString());
    const asked = await submitNotebook(platform, body, {
      traceparent: submit.traceparent,
      idempotencyKey: key,
      startedBy: askingRun(request),
    });
    const { run } = asked;
    submit.done(run.id);
    log.info({ run_id: run.id, path: run.path }, "run submitted");
    return created(reply, asked);
  });

  app.post("/api/v1/runs/:id/rerun", LARGE_BODY, async (request, reply) => {
    const earlier = await findRun(platform, request.params);
    if (earlier.isSweep) throw isSweep(earlier.id);
    const body = readRequest(rerunRunSchema, request.body ?? {}, "body");
    const key = readRequest(KEY, request.headers["idempotency-key"] ?? null, "query");
    const submit = tracing.submit(request.headers["traceparent"]?.toString());
    const asked = await rerun(platform, earlier, body, {
      idempotencyKey: key,
      traceparent: submit.traceparent,
    });
    const { run } = asked;
    submit.done(run.id);
    log.info({ run_id: run.id, path: run.path, rerun_of: earlier.id }, "run submitted");
    return created(reply, asked);
  });

  app.get("/api/v1/runs", async (request) => {
    const query = readRequest(listRunsSchema, request.query, "query");
    const { since, path, limit, sweep, id_end: idEnd, children, ...wanted } = query;
    const from = since === undefined ? undefined : new Date(since);
    const runs = await listRuns(driver, {
      ...wanted,
      sweepId: sweep,
      idEnd,
      hasChildren: children === "true" || sweep !== undefined,
      path: path?.replace(/^~\//, `/home/${platform.user}/`),
      since: from,
      // The clocks of several servers may differ a little.
      firstId: from === undefined ? undefined : firstIdAt(new Date(from.getTime() - 60_000)),
      limit: limit + 1,
    });
    const page = runs.slice(0, limit);
    return { runs: page.map(presentListedRun), next: runs.length > limit ? (page.at(-1)?.id ?? null) : null };
  });

  app.get("/api/v1/runs/:id", async (request) => {
    const run = await findRun(platform, request.params);
    const attempts = await listAttempts(driver, run.id);
    const trigger = await triggerOfRun(driver, run.id);
    return {
      ...presentRun(run),
      attempts: attempts.map(presentAttempt),
      waiting: await waitingOf(platform, run),
      metrics: presentMetrics(await scrapsOfRun(driver, run.id)),
      schedule: trigger === null ? null : presentTrigger(trigger),
      warnings: presentWarnings(await warningsOfRun(driver, run.id)),
      repeated_by: await repeatedBy(driver, run.id),
    };
  });

  app.get("/api/v1/runs/:id/check", async (request) =>
    checkRun(platform, await findRun(platform, request.params)),
  );

  app.post("/api/v1/runs/:id/cancel", async (request) => {
    const { id } = await findRun(platform, request.params);
    const ending = { now: now(), form: RECORD_FORM, nextAttemptId: newId(), failure: CANCELLED, advancing };
    const run = await cancelRun(driver, id, ending);
    await manifestsInTime(platform);
    const sweepId = run?.isSweep === true ? run.id : (run?.sweepId ?? null);
    if (sweepId !== null) await tendInTime(platform, sweepId);
    return presentRun(run ?? runNotFound(id));
  });

  followRoutes(app, platform);
}

function created(reply: FastifyReply, asked: AskedRun): FastifyReply {
  void reply.status(201).header("location", `/api/v1/runs/${asked.run.id}`);
  return reply.send(presentStartedRun(asked));
}

function isSweep(id: string): ServerError {
  return new ServerError(
    "RUN_IS_SWEEP",
    `run ${id} is the parent of a sweep; start the sweep anew, or make the runs again that did not succeed with POST /sweeps/${id}/retry`,
    { details: { id } },
  );
}

const KEY = z.string().min(1).max(255).nullable();

/** The failure of a run that was cancelled while it waited, as JSON. */
const CANCELLED = failureText("RUN_CANCELLED", "the run was cancelled before a runner had it");
