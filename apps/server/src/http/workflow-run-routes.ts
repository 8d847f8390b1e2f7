import {
  listWorkflowRunsSchema,
  listWorkflowTasksSchema,
  restartWorkflowRunSchema,
  workflowRunChangeSchema,
} from "@notemill/api";
import {
  type Asked,
  cancelWorkflowRun,
  getVersion,
  getWorkflowRunState,
  listSteps,
  listTasks,
  listWorkflowRuns,
  pauseWorkflowRun,
  restartWorkflowRun,
  resumeWorkflowRun,
} from "@notemill/store";
import type { FastifyInstance } from "fastify";
import type { Platform } from "../platform.ts";
import { ServerError } from "../server-error.ts";
import { cancelMarkedRuns } from "../workflows/advancer.ts";
import { decodePlan } from "../workflows/plan-text.ts";
import {
  presentTask,
  presentWorkflowRun,
  presentWorkflowRunDetail,
} from "../workflows/present-workflow-run.ts";
import { findWorkflowRun, workflowRunNotFound } from "./find-workflow.ts";
import { readRequest } from "./read-request.ts";

/** The most steps of a workflow, each with one task that is no foreach's. */
const MOST_STEPS = 300;

/** The routes of workflow-runs. Their events are followed by the route that follows runs. */
export function workflowRunRoutes(app: FastifyInstance, platform: Platform): void {
  const { driver, now, user, advancing, log } = platform;
  const asked = (reason: string | undefined): Asked => {
    return { ...advancing, by: user, reason: reason ?? null, now: now() };
  };

  app.get("/api/v1/workflow-runs", async (request) => {
    const asked = readRequest(listWorkflowRunsSchema, request.query, "query");
    const { workflow, status, id_end: idEnd, before, limit } = asked;
    const wanted = { workflowId: workflow, status, idEnd, before, limit: limit + 1 };
    const found = await listWorkflowRuns(driver, wanted);
    const page = found.slice(0, limit);
    return {
      workflow_runs: page.map(presentWorkflowRun),
      next: found.length > limit ? (page.at(-1)?.id ?? null) : null,
    };
  });

  app.get("/api/v1/workflow-runs/:id", async (request) => {
    const { id } = await findWorkflowRun(platform, request.params);
    const { run, state } = (await getWorkflowRunState(driver, id)) ?? workflowRunNotFound(id);
    const version = (await getVersion(driver, run.workflowId, run.version)) ?? workflowRunNotFound(id);
    const content = decodePlan(version.plan);
    const single = content.workflow.steps.flatMap(({ key, foreach }) => (foreach === undefined ? [key] : []));
    return presentWorkflowRunDetail(run, content, {
      state,
      steps: await listSteps(driver, id),
      tasks: await listTasks(driver, id, { steps: single, after: null, limit: MOST_STEPS }),
    });
  });

  app.get("/api/v1/workflow-runs/:id/tasks", async (request) => {
    const { id } = await findWorkflowRun(platform, request.params);
    const { step, after, limit } = readRequest(listWorkflowTasksSchema, request.query, "query");
    const { state } = (await getWorkflowRunState(driver, id)) ?? workflowRunNotFound(id);
    const [lastStep = "", lastTask = ""] = after?.split(":") ?? [];
    const found = await listTasks(driver, id, {
      steps: step === undefined ? null : [step],
      after: after === undefined ? null : { step: lastStep, task: Number(lastTask) },
      limit: limit + 1,
    });
    const page = found.slice(0, limit);
    const last = page.at(-1);
    return {
      tasks: page.map((it) => presentTask(it, state)),
      next: found.length > limit && last !== undefined ? `${last.step}:${last.task}` : null,
    };
  });

  app.post("/api/v1/workflow-runs/:id/cancel", async (request) => {
    const { id } = await findWorkflowRun(platform, request.params);
    const { reason } = readRequest(workflowRunChangeSchema, request.body ?? {}, "body");
    const run = await cancelWorkflowRun(driver, id, asked(reason));
    await cancelMarkedRuns(platform);
    log.info({ workflow_run_id: id }, "workflow-run cancelled");
    return presentWorkflowRun(run ?? workflowRunNotFound(id));
  });

  app.post("/api/v1/workflow-runs/:id/pause", async (request) => {
    const { id } = await findWorkflowRun(platform, request.params);
    const { reason } = readRequest(workflowRunChangeSchema, request.body ?? {}, "body");
    return presentWorkflowRun((await pauseWorkflowRun(driver, id, asked(reason))) ?? workflowRunNotFound(id));
  });

  app.post("/api/v1/workflow-runs/:id/resume", async (request) => {
    const { id } = await findWorkflowRun(platform, request.params);
    const { reason } = readRequest(workflowRunChangeSchema, request.body ?? {}, "body");
    return presentWorkflowRun(
      (await resumeWorkflowRun(driver, id, asked(reason))) ?? workflowRunNotFound(id),
    );
  });

  app.post("/api/v1/workflow-runs/:id/restart", async (request) => {
    const before = await findWorkflowRun(platform, request.params);
    const { from, reason } = readRequest(restartWorkflowRunSchema, request.body, "body");
    const run = await restartWorkflowRun(driver, before.id, from, asked(reason));
    if (run === null || run.sequence === before.sequence) {
      throw new ServerError(
        "WORKFLOW_RUN_UNDER_WAY",
        `workflow-run ${before.id} is not over; cancel it, or wait until it is`,
        { details: { id: before.id } },
      );
    }
    log.info({ workflow_run_id: run.id, sequence: run.sequence }, "workflow-run restarted");
    return presentWorkflowRun(run);
  });
}
